package dev.nameplate.ca.audit;

/** What can be wrong with a trail. */
public enum AuditFault {
    /** Another entry is due here: one is missing, inserted or out of order. */
    NUMBER("another number is due here: entries are missing, inserted or out of order"),
    /** It does not name the hash of the entry before it. */
    PREVIOUS("does not follow from the entry before it"),
    /** Its content does not have its hash. */
    ALTERED("was altered: its content does not have its hash"),
    /** A seal was made over another hash: everything since the seal before it may have been rewritten. */
    SEAL_DIFFERS("was sealed with another hash: entries since the seal before may have been rewritten"),
    SEAL_SIGNATURE("has a seal whose signature is wrong"),
    /** The seal is by a certificate that is not an audit certificate of this CA, or was not valid then. */
    SEAL_SIGNER("has a seal by a certificate that is no audit certificate of this CA at that time"),
    /** A seal, or the head of an export, tells of entries that are not there. */
    TRUNCATED("is missing, and so is everything after it"),
    /** A line of an export is not what the format says. */
    UNREADABLE("cannot be read");

    private final String text;

    AuditFault(String text) {
        this.text = text;
    }

    /** Follows the words {@code entry N}. */
    @Override
    public String toString() {
        return text;
    }
}
