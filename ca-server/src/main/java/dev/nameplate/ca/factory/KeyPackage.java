package dev.nameplate.ca.factory;

import java.util.Arrays;

/** A unit's private key, wrapped; whoever made it says how. */
public record KeyPackage(byte[] octets) {
    public KeyPackage {
        octets = octets.clone();
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
