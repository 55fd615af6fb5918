package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CERTIFICATE;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.rotation.Cohort;
import dev.nameplate.ca.rotation.CohortSize;
import dev.nameplate.ca.rotation.Cohorts;
import java.time.Instant;
import java.util.List;
import org.jooq.impl.DSL;

/** Counts of certificates, in SQL. */
public final class JooqCohorts implements Cohorts {
    private final Database database;

    public JooqCohorts(Database database) {
        this.database = database;
    }

    @Override
    public List<CohortSize> census(Instant now) {
        return database.read(sql -> sql.select(
                        CERTIFICATE.ISSUER,
                        CERTIFICATE.GENERATION,
                        CERTIFICATE.PROFILE,
                        DSL.count(),
                        DSL.max(CERTIFICATE.NOT_AFTER))
                .from(CERTIFICATE)
                .where(CERTIFICATE.NOT_AFTER.gt(Rows.asStored(now)))
                .groupBy(CERTIFICATE.ISSUER, CERTIFICATE.GENERATION, CERTIFICATE.PROFILE)
                .fetch(row -> new CohortSize(
                        new Cohort(
                                new IssuerGeneration(new IssuerName(row.value1()), row.value2()),
                                new ProfileName(row.value3())),
                        row.value4(),
                        row.value5())));
    }
}
