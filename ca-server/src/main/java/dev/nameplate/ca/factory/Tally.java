package dev.nameplate.ca.factory;

/**
 * What happened, in numbers.
 *
 * @param issued units that got their first key: what the quota counts
 * @param retried further keys of units that had not proved to have theirs
 */
public record Tally(int issued, int retried, int verified, int scrapped, int reworked) {
    public static final Tally NOTHING = new Tally(0, 0, 0, 0, 0);
    static final Tally ISSUED = new Tally(1, 0, 0, 0, 0);
    static final Tally RETRIED = new Tally(0, 1, 0, 0, 0);
    static final Tally VERIFIED = new Tally(0, 0, 1, 0, 0);
    static final Tally SCRAPPED = new Tally(0, 0, 0, 1, 0);
    static final Tally REWORKED = new Tally(0, 0, 0, 0, 1);

    public Tally plus(Tally more) {
        return new Tally(
                issued + more.issued,
                retried + more.retried,
                verified + more.verified,
                scrapped + more.scrapped,
                reworked + more.reworked);
    }
}
