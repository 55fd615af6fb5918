package dev.nameplate.ca.rotation;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.ProfileName;

/** The certificates of one profile that one issuer generation signed. */
public record Cohort(IssuerGeneration issuer, ProfileName profile) {
    @Override
    public String toString() {
        return profile + " by " + issuer;
    }
}
