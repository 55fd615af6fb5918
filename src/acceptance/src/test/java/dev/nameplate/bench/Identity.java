package dev.nameplate.bench;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** What a client shows in a TLS handshake, in the forms of the TLS library. */
record Identity(PrivateKey key, X509Certificate certificate) {}
