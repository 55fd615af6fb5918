package dev.nameplate.ca.revocation;

import java.util.List;
import java.util.Locale;

/** CRLReason (RFC 5280, 5.3.1). {@code UNSPECIFIED} is never written into an entry. */
public enum RevocationReason {
    UNSPECIFIED(0),
    KEY_COMPROMISE(1),
    CA_COMPROMISE(2),
    AFFILIATION_CHANGED(3),
    SUPERSEDED(4),
    CESSATION_OF_OPERATION(5),
    CERTIFICATE_HOLD(6),
    PRIVILEGE_WITHDRAWN(9),
    AA_COMPROMISE(10);

    private final int code;

    RevocationReason(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** @throws IllegalArgumentException if no reason has this code */
    public static RevocationReason ofCode(int code) {
        for (RevocationReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no revocation reason has the code " + code);
    }

    /** @throws IllegalArgumentException naming the accepted words */
    public static RevocationReason parse(String text) {
        for (RevocationReason reason : values()) {
            if (reason.toString().equals(text)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("reason is not one of " + List.of(values()));
    }

    /** As in {@code key-compromise}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
