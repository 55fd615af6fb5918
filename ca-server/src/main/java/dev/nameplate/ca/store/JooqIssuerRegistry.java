package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.ISSUER_CHAIN;
import static dev.nameplate.schema.generated.Tables.ISSUER_GENERATION;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.IssuerRegistry;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.schema.generated.tables.records.IssuerChainRecord;
import dev.nameplate.schema.generated.tables.records.IssuerGenerationRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;

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
            Batches.insert(sql, ISSUER_CHAIN, chain(issuer));
            writing.append(event);
            return true;
        });
    }

    @Override
    public boolean update(IssuerRecord issuer, AuditEvent event) {
        return database.writer().write(writing -> {
            DSLContext sql = writing.sql();
            int updated = sql.update(ISSUER_GENERATION)
                    .set(ISSUER_GENERATION.STATE, issuer.state().name())
                    .where(is(issuer.generation()))
                    .execute();
            if (updated == 0) {
                return false;
            }
            sql.deleteFrom(ISSUER_CHAIN).where(isChainOf(issuer.generation())).execute();
            Batches.insert(sql, ISSUER_CHAIN, chain(issuer));
            writing.append(event);
            return true;
        });
    }

    @Override
    public List<IssuerRecord> list() {
        return database.readDurable(sql -> {
            Map<IssuerGeneration, List<CertificateDer>> chains = sql.selectFrom(ISSUER_CHAIN)
                    .orderBy(ISSUER_CHAIN.ISSUER, ISSUER_CHAIN.GENERATION, ISSUER_CHAIN.POSITION)
                    .fetchGroups(
                            row -> generation(row.getIssuer(), row.getGeneration()),
                            row -> CertificateDer.parse(row.getDer()));
            return sql.selectFrom(ISSUER_GENERATION)
                    .orderBy(ISSUER_GENERATION.ISSUER, ISSUER_GENERATION.GENERATION)
                    .fetch(row -> issuer(row, chains));
        });
    }

    private static IssuerRecord issuer(IssuerGenerationRecord row, Map<IssuerGeneration, List<CertificateDer>> chains) {
        IssuerGeneration generation = generation(row.getIssuer(), row.getGeneration());
        return new IssuerRecord(
                generation,
                IssuerRecord.State.valueOf(row.getState()),
                row.getKeyUri(),
                chains.getOrDefault(generation, List.of()),
                row.getCreatedAt());
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
                Rows.asStored(issuer.createdAt()));
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
}
