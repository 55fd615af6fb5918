package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.audit.SparingNotes;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings where a certificate enrols after its successor was used: its key may exist twice, or a device went back to a backup. It
 * cannot be told from here which of the two is the device; that is for a person to find out.
 */
public final class CloneAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(CloneAlarm.class);

    private final SparingNotes notes;
    private final LongAdder rung = new LongAdder();

    /** @param notes so that whoever knocks again and again is on record once in a while */
    public CloneAlarm(SparingNotes notes) {
        this.notes = notes;
    }

    /** How often it rang since the start. */
    public long rung() {
        return rung.sum();
    }

    void ring(Refusal.CertificateSuperseded found, Holder holder, Cause cause) {
        rung.increment();
        boolean noted = notes.note(
                "clone " + found.serial(),
                now -> cause.event(
                        now,
                        "clone.suspected",
                        holder.toString(),
                        Map.of(
                                "serial", found.serial().toString(),
                                "successor", found.successor().toString())));
        if (noted) {
            LOG.warn(
                    "clone alarm: {} enrols with certificate {} after its successor {} was used; its key may exist twice"
                            + " ({})",
                    holder,
                    found.serial(),
                    found.successor(),
                    cause.request().map(request -> "request " + request).orElse("no request"));
        }
    }
}
