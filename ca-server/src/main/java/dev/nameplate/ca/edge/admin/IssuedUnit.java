package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.SerialNumber;
import java.util.Optional;

/**
 * A unit's certificate. The same call again is answered the same.
 *
 * @param chainPem the certificates above it, up to the root
 * @param toSign base64 of what the unit signs to show that it has the key
 * @param wrappedKey base64 of the wrapped private key, if that was made here
 */
record IssuedUnit(
        BatchName batch,
        DeviceId unit,
        SerialNumber serial,
        String certificatePem,
        String chainPem,
        String toSign,
        Optional<String> wrappedKey) {}
