package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;

/** Which certificate it is. */
record CertificateName(IssuerGeneration issuer, SerialNumber serial) {}
