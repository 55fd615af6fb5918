package dev.nameplate.ca.canary;

import dev.nameplate.ca.pki.CertificateDer;

/** Looks a certificate up where it says that others shall. */
public interface Lookout {
    /** What OCSP says now. @throws LookoutException if it says nothing that can be understood */
    OcspWord ocsp(CertificateDer certificate, CertificateDer issuer);

    /** Whether the CRL of its distribution point lists it now. @throws LookoutException if there is none */
    boolean listed(CertificateDer certificate);

    enum OcspWord {
        GOOD,
        REVOKED,
        UNKNOWN
    }
}
