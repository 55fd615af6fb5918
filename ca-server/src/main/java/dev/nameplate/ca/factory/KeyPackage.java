package dev.nameplate.ca.factory;

import java.util.Arrays;
import java.util.Optional;

/**
 * A unit's private key, wrapped; whoever made it says how.
 *
 * @param kek what it is wrapped under, if that is known
 */
public record KeyPackage(byte[] octets, Optional<KekNumber> kek) {
    public KeyPackage {
        octets = octets.clone();
    }

    public KeyPackage(byte[] octets) {
        this(octets, Optional.empty());
    }

    @Override
    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPackage that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "KeyPackage[" + octets.length + " octets]";
    }
}
