package dev.nameplate.ca.revocation.bulk;

import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a selection finds, one by one. Its digest does not depend on the order: the sum of the certificates' own. */
final class Census {
    /** SEQUENCE, and a UTCTime with what is around it. */
    private static final int ENTRY_OCTETS = 2 + 15;

    /** The extension with the reason, and what is around it. */
    private static final int REASON_OCTETS = 14;

    private static final BigInteger MODULUS = BigInteger.TWO.pow(8 * Sha256.OCTETS);

    private final Treatment treatment;
    private final Map<String, Integer> issuers = new TreeMap<>();
    private BigInteger sum = BigInteger.ZERO;
    private int certificates;
    private long crlBytes;

    Census(Treatment treatment) {
        this.treatment = treatment;
    }

    void add(Target target) {
        certificates++;
        issuers.merge(target.issuer().toString(), 1, Integer::sum);
        if (target.standing() instanceof Standing.Good) {
            crlBytes += entryOctets(target);
        }
        String words = target.issuer() + " " + target.serial() + " " + word(target.standing());
        byte[] own = Sha256.of(words.getBytes(StandardCharsets.UTF_8)).octets();
        sum = sum.add(new BigInteger(1, own)).mod(MODULUS);
    }

    int certificates() {
        return certificates;
    }

    Sha256 digest() {
        byte[] magnitude = sum.toByteArray();
        byte[] octets = new byte[Sha256.OCTETS];
        int length = Math.min(magnitude.length, octets.length);
        System.arraycopy(magnitude, magnitude.length - length, octets, octets.length - length, length);
        return Sha256.fromOctets(octets);
    }

    World world(int devices) {
        return new World(digest(), certificates, issuers, devices, crlBytes);
    }

    private int entryOctets(Target target) {
        int serial = 2 + target.serial().value().toByteArray().length;
        boolean plain = treatment.finalAt().isEmpty() && treatment.reason() == RevocationReason.UNSPECIFIED;
        return ENTRY_OCTETS + serial + (plain ? 0 : REASON_OCTETS);
    }

    private static String word(Standing standing) {
        return switch (standing) {
            case Standing.Good() -> "good";
            case Standing.Held held -> "held " + held.at() + " " + held.becomes();
            case Standing.Revoked revoked -> "revoked " + revoked.at();
        };
    }
}
