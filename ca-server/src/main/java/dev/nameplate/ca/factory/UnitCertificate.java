package dev.nameplate.ca.factory;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;

/**
 * The certificate a unit has now.
 *
 * @param key the SHA-256 of its SubjectPublicKeyInfo
 * @param nonce what the unit signs to show that it has the key; made at random with the certificate
 */
public record UnitCertificate(IssuerGeneration issuer, SerialNumber serial, Sha256 key, Sha256 nonce) {}
