package dev.nameplate.ca.factory.keys;

import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.hsm.KekDestruction;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was destroyed when a batch's keys were, and what that does not prove. Its octets are canonical JSON; signed by
 * {@link dev.nameplate.ca.audit.Statements} they are a record that anyone can verify without this CA.
 *
 * @param keys what had been made under the key
 * @param handedOverInside whether the key's value was never outside the token but encrypted to its recipient
 * @param destruction what the token answered
 * @param operators who asked for it
 * @param previous the SHA-256 of the octets of the record before this one; zeros for the first
 */
public record DestructionRecord(
        KekName name,
        Instant at,
        InjectedKeys keys,
        boolean handedOverInside,
        KekDestruction destruction,
        List<String> operators,
        Sha256 previous) {
    /** What the first record names as the one before. */
    public static final Sha256 NONE = Sha256.fromOctets(new byte[Sha256.OCTETS]);

    /** Said in every record, because a signature invites to believe more than it says. */
    public static final List<String> NOT_PROVED = List.of(
            "what became of copies that the station, the device or anyone who could read them made of the keys",
            "what became of the key-encryption key where its recipient received it",
            "that the token's maker erases what C_DestroyObject removes, and that nobody copied the token before");

    public DestructionRecord {
        at = Times.rounded(at);
        operators = List.copyOf(operators);
    }

    /** The record as it is signed. */
    public byte[] octets() {
        return DestructionJson.write(this);
    }

    /** The same as a part of a greater record. */
    public Map<String, Object> members() {
        return DestructionJson.members(this);
    }

    public Sha256 hash() {
        return Sha256.of(octets());
    }

    /** @throws IllegalArgumentException if these are not, octet for octet, what {@link #octets} writes */
    public static DestructionRecord parse(byte[] octets) {
        return DestructionJson.read(octets);
    }
}
