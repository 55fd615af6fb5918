package dev.nameplate.ca.crl;

/**
 * A revoked or held certificate. There may be millions of them.
 *
 * @param serial as DER writes it: big endian, no octet more than it needs
 * @param revokedAt in seconds since 1970
 * @param reason CRLReason (RFC 5280, 5.3.1); 0 is not written
 * @param invalidAt in seconds since 1970, {@link #NOWHEN} if unknown
 */
public record CrlEntry(byte[] serial, long revokedAt, int reason, long invalidAt) {
    public static final long NOWHEN = Long.MIN_VALUE;

    /** @param padded a positive number, big endian, of any length */
    public static CrlEntry of(byte[] padded, long revokedAt, int reason, long invalidAt) {
        int begin = 0;
        while (begin < padded.length - 1 && padded[begin] == 0 && padded[begin + 1] >= 0) {
            begin++;
        }
        byte[] serial = padded;
        if (begin > 0) {
            serial = new byte[padded.length - begin];
            System.arraycopy(padded, begin, serial, 0, serial.length);
        } else if (padded[0] < 0) {
            serial = new byte[padded.length + 1];
            System.arraycopy(padded, 0, serial, 1, padded.length);
        }
        return new CrlEntry(serial, revokedAt, reason, invalidAt);
    }
}
