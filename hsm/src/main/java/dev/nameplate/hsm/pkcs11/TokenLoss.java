package dev.nameplate.hsm.pkcs11;

/** The token, or our place in it, is gone; {@link TokenCalls} makes it anew. Never leaves this package. */
final class TokenLoss extends Exception {
    /** How much has to be made anew. */
    enum Depth {
        /** Sessions, login and handles. */
        SESSIONS,
        /** The library: C_Finalize and C_Initialize. */
        MODULE,
        /** The library too, unless that was just done: then the key is simply not there. */
        KEY
    }

    private final Depth depth;
    private final String reason;

    TokenLoss(Depth depth, String message) {
        super(message);
        this.depth = depth;
        this.reason = message;
    }

    TokenLoss(Depth depth, String message, Throwable cause) {
        super(message, cause);
        this.depth = depth;
        this.reason = message;
    }

    String reason() {
        return reason;
    }

    Depth depth() {
        return depth;
    }
}
