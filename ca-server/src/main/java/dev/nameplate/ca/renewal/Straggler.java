package dev.nameplate.ca.renewal;

/** A device that is not where a campaign wants it, and its newest certificate. */
public record Straggler(HeldCertificate newest, State state) {
    public enum State {
        /** Renewed since, and has something else than what is wanted. */
        WRONG,
        WAITING,
        /** Not renewed although the window is over. */
        LATE,
        /** Not renewed, and without a certificate that is valid still. */
        ENDED
    }
}
