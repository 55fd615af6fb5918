package dev.nameplate.ca.rotation;

import java.time.Instant;
import java.time.ZoneOffset;

/** How near a horizon is. In the order of urgency. */
public enum HorizonAlarm {
    NONE(Integer.MAX_VALUE),
    MONTHS_24(24),
    MONTHS_12(12),
    MONTHS_6(6),
    MONTHS_3(3),
    /** It was reached. */
    OVER(0);

    private final int months;

    HorizonAlarm(int months) {
        this.months = months;
    }

    /** In months of the calendar, in UTC. */
    public static HorizonAlarm at(Instant stops, Instant now) {
        HorizonAlarm reached = NONE;
        for (HorizonAlarm alarm : values()) {
            if (alarm != NONE && !now.isBefore(alarm.from(stops))) {
                reached = alarm;
            }
        }
        return reached;
    }

    private Instant from(Instant stops) {
        return stops.atOffset(ZoneOffset.UTC).minusMonths(months).toInstant();
    }
}
