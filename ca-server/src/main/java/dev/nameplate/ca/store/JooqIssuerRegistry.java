package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.ISSUER_CHAIN;
import static dev.nameplate.schema.generated.Tables.ISSUER_GENERATION;
import static dev.nameplate.schema.generated.Tables.ISSUER_LINK;
import static dev.nameplate.schema.generated.Tables.ISSUER_VERSION;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.IssuerRegistry;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.schema.generated.tables.records.IssuerChainRecord;
import dev.nameplate.schema.generated.tables.records.IssuerGenerationRecord;
import dev.nameplate.schema.generated.tables.records.IssuerLinkRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Issuers, in SQL. */
public final class JooqIssuerRegistry implements IssuerRegistry {
    private final Database database;

    public JooqIssuerRegistry(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(IssuerRecord issuer, AuditEvent event) {
        return database.writer().write(writing -> {
            DSLContext sql = writing.sql();
            if (sql.fetchExists(ISSUER_GENERATION, is(issuer.generation()))) {
                return false;
            }
            Batches.insert(sql, ISSUER_GENERATION, List.of(row(issuer)));
            writeChain(sql, issuer);
            changed(sql);
            writing.append(event);
            return true;
        });
    }

    /** Adds an issuer from elsewhere, in the place of one that still waits for its certificate. @return false if it is there */
    static boolean adopt(DSLContext sql, IssuerRecord issuer) {
        boolean waiting = sql.fetchExists(
                        ISSUER_GENERATION,
                        is(issuer.generation()).and(ISSUER_GENERATION.STATE.eq(IssuerRecord.State.PREPARED.name())))
                && !sql.fetchExists(ISSUER_CHAIN, isChainOf(issuer.generation()));
        if (waiting) {
            sql.deleteFrom(ISSUER_GENERATION).where(is(issuer.generation())).execute();
        } else if (sql.fetchExists(ISSUER_GENERATION, is(issuer.generation()))) {
            return false;
        }
        Batches.insert(sql, ISSUER_GENERATION, List.of(row(issuer)));
        writeChain(sql, issuer);
        changed(sql);
        return true;
    }

    @Override
    public boolean update(IssuerRecord issuer, AuditEvent event) {
        return database.writer().write(writing -> {
            DSLContext sql = writing.sql();
            if (put(sql, issuer, DSL.trueCondition())) {
                changed(sql);
                writing.append(event);
                return true;
            }
            return false;
        });
    }

    @Override
    public boolean move(List<Move> moves, AuditEvent event) {
        return database.writer().write(writing -> {
            DSLContext sql = writing.sql();
            boolean possible = moves.stream()
                    .allMatch(move -> sql.fetchExists(
                            ISSUER_GENERATION,
                            is(move.to().generation())
                                    .and(ISSUER_GENERATION.STATE.eq(move.from().name()))));
            if (!possible) {
                return false;
            }
            for (Move move : moves) {
                boolean put = put(
                        sql, move.to(), ISSUER_GENERATION.STATE.eq(move.from().name()));
                assert put;
            }
            changed(sql);
            writing.append(event);
            return true;
        });
    }

    @Override
    public long version() {
        return database.readDurable(
                sql -> sql.selectFrom(ISSUER_VERSION).fetchSingle().getVersion());
    }

    private static boolean put(DSLContext sql, IssuerRecord issuer, Condition only) {
        int updated = sql.update(ISSUER_GENERATION)
                .set(ISSUER_GENERATION.STATE, issuer.state().name())
                .set(ISSUER_GENERATION.SINCE, Rows.asStored(issuer.since()))
                .where(is(issuer.generation()))
                .and(only)
                .execute();
        if (updated == 1) {
            sql.deleteFrom(ISSUER_CHAIN).where(isChainOf(issuer.generation())).execute();
            sql.deleteFrom(ISSUER_LINK)
                    .where(ISSUER_LINK.ISSUER.eq(issuer.generation().issuer().value()))
                    .and(ISSUER_LINK.GENERATION.eq(issuer.generation().number()))
                    .execute();
            writeChain(sql, issuer);
        }
        return updated == 1;
    }

    private static void writeChain(DSLContext sql, IssuerRecord issuer) {
        Batches.insert(sql, ISSUER_CHAIN, chain(issuer));
        Batches.insert(sql, ISSUER_LINK, links(issuer));
    }

    private static void changed(DSLContext sql) {
        sql.update(ISSUER_VERSION)
                .set(ISSUER_VERSION.VERSION, ISSUER_VERSION.VERSION.plus(1))
                .execute();
    }

    @Override
    public List<IssuerRecord> list() {
        return database.readDurable(sql -> {
            Map<IssuerGeneration, List<CertificateDer>> chains = sql.selectFrom(ISSUER_CHAIN)
                    .orderBy(ISSUER_CHAIN.ISSUER, ISSUER_CHAIN.GENERATION, ISSUER_CHAIN.POSITION)
                    .fetchGroups(
                            row -> generation(row.getIssuer(), row.getGeneration()),
                            row -> CertificateDer.parse(row.getDer()));
            Map<IssuerGeneration, List<CertificateDer>> links = sql.selectFrom(ISSUER_LINK)
                    .orderBy(ISSUER_LINK.ISSUER, ISSUER_LINK.GENERATION, ISSUER_LINK.POSITION)
                    .fetchGroups(
                            row -> generation(row.getIssuer(), row.getGeneration()),
                            row -> CertificateDer.parse(row.getDer()));
            return sql.selectFrom(ISSUER_GENERATION)
                    .orderBy(ISSUER_GENERATION.ISSUER, ISSUER_GENERATION.GENERATION)
                    .fetch(row -> issuer(row, chains, links));
        });
    }

    private static IssuerRecord issuer(
            IssuerGenerationRecord row,
            Map<IssuerGeneration, List<CertificateDer>> chains,
            Map<IssuerGeneration, List<CertificateDer>> links) {
        IssuerGeneration generation = generation(row.getIssuer(), row.getGeneration());
        return new IssuerRecord(
                generation,
                IssuerRecord.State.valueOf(row.getState()),
                row.getKeyUri(),
                chains.getOrDefault(generation, List.of()),
                links.getOrDefault(generation, List.of()),
                row.getCreatedAt(),
                row.getSince());
    }

    private static IssuerGeneration generation(String issuer, int number) {
        return new IssuerGeneration(new IssuerName(issuer), number);
    }

    private static Condition is(IssuerGeneration generation) {
        return ISSUER_GENERATION
                .ISSUER
                .eq(generation.issuer().value())
                .and(ISSUER_GENERATION.GENERATION.eq(generation.number()));
    }

    private static Condition isChainOf(IssuerGeneration generation) {
        return ISSUER_CHAIN.ISSUER.eq(generation.issuer().value()).and(ISSUER_CHAIN.GENERATION.eq(generation.number()));
    }

    private static IssuerGenerationRecord row(IssuerRecord issuer) {
        return new IssuerGenerationRecord(
                issuer.generation().issuer().value(),
                issuer.generation().number(),
                issuer.state().name(),
                issuer.keyUri(),
                Rows.asStored(issuer.createdAt()),
                Rows.asStored(issuer.since()));
    }

    private static List<IssuerChainRecord> chain(IssuerRecord issuer) {
        List<IssuerChainRecord> rows = new ArrayList<>();
        for (CertificateDer certificate : issuer.chain()) {
            rows.add(new IssuerChainRecord(
                    issuer.generation().issuer().value(),
                    issuer.generation().number(),
                    (short) rows.size(),
                    certificate.octets()));
        }
        return rows;
    }

    private static List<IssuerLinkRecord> links(IssuerRecord issuer) {
        List<IssuerLinkRecord> rows = new ArrayList<>();
        for (CertificateDer certificate : issuer.links()) {
            rows.add(new IssuerLinkRecord(
                    issuer.generation().issuer().value(),
                    issuer.generation().number(),
                    (short) rows.size(),
                    certificate.octets()));
        }
        return rows;
    }
}
