package dev.nameplate.ca.pki;

/** One key and certificate of an issuer; profiles and labels name the issuer, never a generation. Counted from 1. */
public record IssuerGeneration(IssuerName issuer, int number) {
    public IssuerGeneration {
        if (number < 1) {
            throw new IllegalArgumentException("issuer generations are counted from 1, not " + number);
        }
    }

    /** As in {@code devices/1}. */
    @Override
    public String toString() {
        return issuer + "/" + number;
    }
}
