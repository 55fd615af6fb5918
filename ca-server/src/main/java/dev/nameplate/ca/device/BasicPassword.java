package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.Secret;

/**
 * What an HTTP Basic header held (RFC 7617); neither part checked.
 *
 * @param user may be empty
 */
public record BasicPassword(String user, Secret password) {}
