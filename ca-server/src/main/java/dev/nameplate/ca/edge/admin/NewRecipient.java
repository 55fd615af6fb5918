package dev.nameplate.ca.edge.admin;

/** @param publicKey base64 of the station's SubjectPublicKeyInfo in DER: RSA from 2048 bits, or on P-256, P-384 or P-521 */
record NewRecipient(String publicKey) {}
