package dev.nameplate.ca.rotation;

/**
 * A key of this CA, wherever it is.
 *
 * @param purpose as in {@code issuer devices/1}, {@code audit}, {@code door-device}
 * @param uri where it is: RFC 7512, or {@code file:} below the home
 * @param token the label of its token; empty for a file
 * @param algorithm as in {@code ec-p256}
 * @param state as in {@code active}; {@code missing} if the token has no such key, {@code unknown} if no record tells of it
 */
public record KeyEntry(String purpose, String uri, String token, String algorithm, String state, KeyTimes times) {}
