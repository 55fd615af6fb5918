package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.ProfileName;

/**
 * What a batch is for; it does not change.
 *
 * @param product 1 to 64 printable characters; a device attribute of every unit
 * @param profile of the units' certificates; names the issuer
 * @param quota how many units may ever get a certificate
 */
public record WorkOrder(
        String product, ProfileName profile, Keys keys, int quota, Serials serials, Window window, Patience patience) {
    private static final int MOST_UNITS = 100_000_000;

    /** Where keys come from, and how those made here travel. */
    public record Keys(KeyOrigin origin, Protection protection) {
        public Keys {
            if ((origin == KeyOrigin.INJECTED) == (protection == Protection.NONE)) {
                throw new IllegalArgumentException(
                        "protection is for keys that are injected, and only for those: " + origin + ", " + protection);
            }
        }
    }

    public WorkOrder {
        if (!product.matches("[\\x20-\\x7e]{1,64}")) {
            throw new IllegalArgumentException("product is not 1 to 64 printable ASCII characters");
        }
        if (quota < 1 || quota > MOST_UNITS) {
            throw new IllegalArgumentException("quota is not 1 to " + MOST_UNITS + ": " + quota);
        }
        if (serials instanceof Serials.Range range && range.size() < quota) {
            throw new IllegalArgumentException(
                    "quota is " + quota + ", but the range of serials has " + range.size() + " only");
        }
    }
}
