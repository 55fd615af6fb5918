package dev.nameplate.ca.edge.admin;

/** A certificate and what is on record of it. */
record CertificateDetails(CertificateView certificate, String pem) {}
