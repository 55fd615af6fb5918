package dev.nameplate.ca.factory.manifest;

/** What one line of a manifest says, or one element of a list. Counted from 1. */
public sealed interface ManifestLine {
    long number();

    record Good(long number, ManifestUnit unit) implements ManifestLine {}

    /** @param why what is wrong and what would be right, in one line */
    record Wrong(long number, String why) implements ManifestLine {}
}
