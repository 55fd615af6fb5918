package dev.nameplate.ca.storm;

import java.time.Duration;
import java.util.Locale;

/** Told of every turn. Must not block. */
public interface StormEvents {
    StormEvents SILENT = new StormEvents() {
        @Override
        public void granted(Lane lane, Duration waited) {}

        @Override
        public void refused(Lane lane, Reason reason, Duration told) {}
    };

    /** Why somebody is sent away. */
    enum Reason {
        /** One device asked too often. */
        DEVICE,
        /** A cohort asks more than its limit allows. */
        COHORT,
        /** All of them together ask more than the CA bears. */
        CROWD;

        /** As in {@code cohort}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    void granted(Lane lane, Duration waited);

    /** @param told for how long it shall stay away */
    void refused(Lane lane, Reason reason, Duration told);
}
