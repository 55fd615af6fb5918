package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CRL;
import static dev.nameplate.schema.generated.Tables.CRL_POINT;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.crl.CrlContent;
import dev.nameplate.ca.crl.CrlPoint;
import dev.nameplate.ca.crl.CrlRegister;
import dev.nameplate.ca.crl.CrlTimes;
import dev.nameplate.ca.crl.PublishedCrl;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.CrlPointRecord;
import dev.nameplate.schema.generated.tables.records.CrlRecord;
import java.math.BigDecimal;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** What was published, in SQL. */
public final class JooqCrlRegister implements CrlRegister {
    private final Database database;

    public JooqCrlRegister(Database database) {
        this.database = database;
    }

    @Override
    public List<PublishedCrl> all() {
        return database.readDurable(sql -> sql.selectFrom(CRL)
                .orderBy(CRL.ISSUER, CRL.GENERATION, CRL.SHARD)
                .fetch(JooqCrlRegister::published));
    }

    @Override
    public long version() {
        BigDecimal numbers = database.readDurable(
                sql -> sql.select(DSL.sum(CRL.NUMBER)).from(CRL).fetchSingle().value1());
        return numbers == null ? 0 : numbers.longValueExact();
    }

    @Override
    public boolean record(PublishedCrl crl, AuditEvent event) {
        CrlRecord row = row(crl);
        return database.writer().write(writing -> {
            DSLContext sql = writing.sql();
            boolean recorded = crl.number() == 1
                    ? add(sql, row)
                    : sql.update(CRL)
                                    .set(row)
                                    .where(is(crl.scope()).and(CRL.NUMBER.eq(crl.number() - 1)))
                                    .execute()
                            == 1;
            if (recorded) {
                writing.append(event);
            }
            return recorded;
        });
    }

    /** The last CRL of another CA that had this scope before, unless a higher one is on record. */
    static void follow(DSLContext sql, PublishedCrl last) {
        CrlRecord row = row(last);
        if (!add(sql, row)) {
            sql.update(CRL)
                    .set(row)
                    .where(is(last.scope()).and(CRL.NUMBER.lt(last.number())))
                    .execute();
        }
    }

    @Override
    public List<CrlPoint> points() {
        return database.readDurable(sql -> sql.selectFrom(CRL_POINT)
                .orderBy(CRL_POINT.ISSUER, CRL_POINT.GENERATION, CRL_POINT.URL)
                .fetch(row ->
                        new CrlPoint(generation(row.getIssuer(), row.getGeneration()), row.getUrl(), row.getShards())));
    }

    @Override
    public void note(CrlPoint point) {
        int noted = database.writer().write(writing -> {
            Condition same = CRL_POINT
                    .ISSUER
                    .eq(point.issuer().issuer().value())
                    .and(CRL_POINT.GENERATION.eq(point.issuer().number()))
                    .and(CRL_POINT.URL.eq(point.url()));
            if (writing.sql().fetchExists(CRL_POINT, same)) {
                return writing.sql()
                        .update(CRL_POINT)
                        .set(CRL_POINT.SHARDS, DSL.greatest(CRL_POINT.SHARDS, DSL.val(point.shards())))
                        .where(same)
                        .execute();
            }
            Batches.insert(
                    writing.sql(),
                    CRL_POINT,
                    List.of(new CrlPointRecord(
                            point.issuer().issuer().value(), point.issuer().number(), point.url(), point.shards())));
            return 1;
        });
        assert noted == 1;
    }

    private static boolean add(DSLContext sql, CrlRecord row) {
        Condition same = CRL.ISSUER
                .eq(row.getIssuer())
                .and(CRL.GENERATION.eq(row.getGeneration()))
                .and(CRL.SHARD.eq(row.getShard()));
        if (sql.fetchExists(CRL, same)) {
            return false;
        }
        Batches.insert(sql, CRL, List.of(row));
        return true;
    }

    private static Condition is(CrlScope scope) {
        return CRL.ISSUER
                .eq(scope.issuer().issuer().value())
                .and(CRL.GENERATION.eq(scope.issuer().number()))
                .and(CRL.SHARD.eq(scope.shard()));
    }

    private static CrlRecord row(PublishedCrl crl) {
        var row = new CrlRecord();
        row.setIssuer(crl.scope().issuer().issuer().value());
        row.setGeneration(crl.scope().issuer().number());
        row.setShard(crl.scope().shard());
        row.setNumber(crl.number());
        row.setThisUpdate(crl.times().thisUpdate());
        row.setNextUpdate(crl.times().nextUpdate());
        row.setScheduled(crl.times().scheduled());
        row.setEntries(crl.content().entries());
        row.setOctets(crl.content().octets());
        row.setSha256(crl.content().sha256().octets());
        row.setThroughChange(crl.throughChange());
        return row;
    }

    private static PublishedCrl published(CrlRecord row) {
        return new PublishedCrl(
                new CrlScope(generation(row.getIssuer(), row.getGeneration()), row.getShard()),
                row.getNumber(),
                new CrlTimes(row.getThisUpdate(), row.getNextUpdate(), row.getScheduled()),
                new CrlContent(row.getEntries(), row.getOctets(), Sha256.fromOctets(row.getSha256())),
                row.getThroughChange());
    }

    private static IssuerGeneration generation(String issuer, int number) {
        return new IssuerGeneration(new IssuerName(issuer), number);
    }
}
