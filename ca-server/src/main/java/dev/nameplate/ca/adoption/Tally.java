package dev.nameplate.ca.adoption;

/**
 * What there is to take over.
 *
 * @param records lines, files and entries that were read
 * @param certificates with all their octets
 * @param nameless of these, without a device's name: nobody renews with them
 * @param serials known by their serial alone
 * @param revoked for good
 * @param held for the time being
 */
public record Tally(long records, long certificates, long nameless, long serials, long revoked, long held) {}
