package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CAMPAIGN;
import static dev.nameplate.schema.generated.Tables.CERTIFICATE;
import static dev.nameplate.schema.generated.Tables.DEVICE;
import static dev.nameplate.schema.generated.Tables.RENEWAL_PULL;
import static dev.nameplate.schema.generated.Tables.REVOCATION;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.renewal.Campaign;
import dev.nameplate.ca.renewal.CampaignStore;
import dev.nameplate.ca.renewal.Goal;
import dev.nameplate.ca.renewal.HeldCertificate;
import dev.nameplate.ca.renewal.PullId;
import dev.nameplate.ca.renewal.Selector;
import dev.nameplate.schema.generated.tables.records.CampaignRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Campaigns, in SQL. */
public final class JooqCampaignStore implements CampaignStore {
    private static final int FETCH = 1000;
    private static final String REVOKED = "REVOKED";

    /** Only of what was issued before algorithms were kept. */
    private static final Field<byte[]> OLD_DER =
            DSL.when(CERTIFICATE.KEY_ALGORITHM.isNull(), CERTIFICATE.DER).as("old_der");

    private final Database database;

    public JooqCampaignStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Campaign campaign, AuditEvent event) {
        database.writer().write(writing -> {
            Batches.insert(writing.sql(), RENEWAL_PULL, List.of(JooqPullStore.row(campaign.pull())));
            Batches.insert(writing.sql(), CAMPAIGN, List.of(row(campaign)));
            writing.append(event);
            return true;
        });
    }

    @Override
    public Optional<Campaign> find(PullId id) {
        return campaigns(CAMPAIGN.PULL.eq(id.value()), 1).stream().findFirst();
    }

    @Override
    public List<Campaign> newest(int limit) {
        return campaigns(DSL.noCondition(), limit);
    }

    @Override
    public void fleet(Selector selector, Consumer<HeldCertificate> each) {
        boolean read = database.readInOneTransaction(sql -> {
            try (Cursor<Record> rows = fleet(sql, selector).fetchSize(FETCH).fetchLazy()) {
                for (Record row : rows) {
                    each.accept(held(row));
                }
            }
            return true;
        });
        assert read;
    }

    /** By the octets of their names on every database, so that pages follow each other. */
    private static ResultQuery<Record> fleet(DSLContext sql, Selector selector) {
        var mayBe = CERTIFICATE.as("may_be");
        Condition wanted = may(selector, mayBe.PROFILE, mayBe.ISSUER, mayBe.GENERATION)
                .and(selector.key()
                        .map(key -> mayBe.KEY_ALGORITHM.eq(key.toString()).or(mayBe.KEY_ALGORITHM.isNull()))
                        .orElse(DSL.noCondition()));
        return sql.select(
                        CERTIFICATE.HOLDER_NAME,
                        CERTIFICATE.SERIAL,
                        CERTIFICATE.ISSUER,
                        CERTIFICATE.GENERATION,
                        CERTIFICATE.PROFILE,
                        CERTIFICATE.KEY_ALGORITHM,
                        CERTIFICATE.ISSUED_AT,
                        CERTIFICATE.NOT_AFTER,
                        DEVICE.ATTRIBUTES)
                .select(OLD_DER)
                .from(CERTIFICATE)
                .leftJoin(DEVICE)
                .on(DEVICE.ID.eq(CERTIFICATE.HOLDER_NAME))
                .leftJoin(REVOCATION)
                .on(StandingRows.ofCertificate())
                .where(CERTIFICATE.HOLDER_KIND.eq(Holder.Kind.DEVICE.name()))
                .and(REVOCATION.STATE.isNull().or(REVOCATION.STATE.ne(REVOKED)))
                .and(CERTIFICATE.HOLDER_NAME.in(
                        DSL.select(mayBe.HOLDER_NAME).from(mayBe).where(wanted)))
                .orderBy(CERTIFICATE.HOLDER_NAME, CERTIFICATE.ISSUED_AT, CERTIFICATE.SERIAL);
    }

    private static Condition may(
            Selector selector, Field<String> profile, Field<String> issuer, Field<Integer> generation) {
        Condition all = DSL.noCondition();
        if (selector.profile().isPresent()) {
            all = all.and(profile.eq(selector.profile().get().value()));
        }
        if (selector.issuer().isPresent()) {
            all = all.and(issuer.eq(selector.issuer().get().value()));
        }
        if (selector.generation().isPresent()) {
            all = all.and(issuer.eq(selector.generation().get().issuer().value()))
                    .and(generation.eq(selector.generation().get().number()));
        }
        return all;
    }

    private List<Campaign> campaigns(Condition which, int limit) {
        return database.readDurable(sql -> sql.select(CAMPAIGN.fields())
                .select(RENEWAL_PULL.fields())
                .from(CAMPAIGN)
                .join(RENEWAL_PULL)
                .on(RENEWAL_PULL.ID.eq(CAMPAIGN.PULL))
                .where(which)
                .orderBy(RENEWAL_PULL.MADE_AT.desc(), RENEWAL_PULL.ID)
                .limit(limit)
                .fetch(JooqCampaignStore::campaign));
    }

    private static HeldCertificate held(Record row) {
        return new HeldCertificate(
                new DeviceId(row.get(CERTIFICATE.HOLDER_NAME)),
                Optional.ofNullable(row.get(DEVICE.ATTRIBUTES)).map(Facts::read).orElse(Map.of()),
                Certificates.serial(row.get(CERTIFICATE.SERIAL)),
                new IssuerGeneration(new IssuerName(row.get(CERTIFICATE.ISSUER)), row.get(CERTIFICATE.GENERATION)),
                new ProfileName(row.get(CERTIFICATE.PROFILE)),
                key(row),
                row.get(CERTIFICATE.ISSUED_AT),
                row.get(CERTIFICATE.NOT_AFTER));
    }

    private static Optional<KeyAlgorithm> key(Record row) {
        byte @Nullable [] old = row.get(OLD_DER);
        return old == null
                ? Optional.ofNullable(row.get(CERTIFICATE.KEY_ALGORITHM)).map(KeyAlgorithm::parse)
                : Keys.algorithmOf(CertificateDer.parse(old).parsed().getSubjectPublicKeyInfo());
    }

    private static CampaignRecord row(Campaign campaign) {
        var row = new CampaignRecord();
        row.setPull(campaign.pull().id().value());
        row.setName(campaign.name());
        row.setToAlgorithm(campaign.goal().key().map(KeyAlgorithm::toString).orElse(null));
        row.setToIssuer(
                campaign.goal().generation().map(one -> one.issuer().value()).orElse(null));
        row.setToGeneration(
                campaign.goal().generation().map(IssuerGeneration::number).orElse(null));
        return row;
    }

    private static Campaign campaign(Record joined) {
        CampaignRecord row = joined.into(CAMPAIGN);
        @Nullable Integer number = row.getToGeneration();
        Optional<IssuerGeneration> generation = number == null
                ? Optional.empty()
                : Optional.ofNullable(row.getToIssuer())
                        .map(issuer -> new IssuerGeneration(new IssuerName(issuer), number));
        return new Campaign(
                JooqPullStore.pull(joined.into(RENEWAL_PULL)),
                row.getName(),
                new Goal(Optional.ofNullable(row.getToAlgorithm()).map(KeyAlgorithm::parse), generation));
    }
}
