package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.ADOPTED_SERIAL;
import static dev.nameplate.schema.generated.Tables.REVOCATION;

import dev.nameplate.ca.adoption.AdoptedHistory;
import dev.nameplate.ca.adoption.AdoptedSerial;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.crl.PublishedCrl;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.SerialNumber;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What other CAs issued before, in SQL. */
public final class JooqAdoptedHistory implements AdoptedHistory {
    private final Database database;
    private final InstantSource clock;

    public JooqAdoptedHistory(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void note(AuditEvent event) {
        database.writer().write(writing -> {
            writing.append(event);
            return true;
        });
    }

    @Override
    public Added add(IssuerGeneration issuer, Terms terms, List<Item> items, Cause cause) {
        return database.writer()
                .write(writing -> new Adoptions(writing, issuer, terms, clock.instant()).add(items, cause));
    }

    @Override
    public void conclude(IssuerRecord issuer, Optional<PublishedCrl> last, AuditEvent event) {
        database.writer().write(writing -> {
            last.ifPresent(crl -> JooqCrlRegister.follow(writing.sql(), crl));
            boolean added = JooqIssuerRegistry.adopt(writing.sql(), issuer);
            writing.append(event);
            return added;
        });
    }

    @Override
    public List<AdoptedSerial> find(SerialNumber serial) {
        return database.readDurable(sql -> sql.select(ADOPTED_SERIAL.fields())
                .select(REVOCATION.fields())
                .from(ADOPTED_SERIAL)
                .leftJoin(REVOCATION)
                .on(StandingRows.ofAdopted())
                .where(ADOPTED_SERIAL.SERIAL.eq(Certificates.octets(serial)))
                .orderBy(ADOPTED_SERIAL.ISSUER, ADOPTED_SERIAL.GENERATION)
                .fetch(row -> new AdoptedSerial(
                        new IssuerGeneration(
                                new IssuerName(row.get(ADOPTED_SERIAL.ISSUER)), row.get(ADOPTED_SERIAL.GENERATION)),
                        serial,
                        row.get(ADOPTED_SERIAL.NOT_AFTER),
                        row.get(ADOPTED_SERIAL.SUBJECT),
                        StandingRows.standing(row))));
    }
}
