package dev.nameplate.ca.revocation;

import dev.nameplate.ca.refusal.Refusal;

/** What became of a wish about a certificate's standing. */
public sealed interface Revocation {
    /** It is so now. */
    record Changed(Standing now) implements Revocation {}

    /** Nothing changed, and nothing needed to: it was so, or more than so, already. */
    record Unchanged(Standing standing) implements Revocation {}

    record Refused(Refusal refusal) implements Revocation {}
}
