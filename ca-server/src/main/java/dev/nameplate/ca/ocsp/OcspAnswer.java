package dev.nameplate.ca.ocsp;

/** What is answered. */
public sealed interface OcspAnswer {
    record Said(SignedAnswer answer) implements OcspAnswer {}

    record Denied(OcspError error) implements OcspAnswer {}
}
