package dev.nameplate.ca.pki;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A certificate and whatever certificates came with it, in any order. Reaches an anchor by path validation as in RFC 5280, 6.1:
 * signatures, dates, names, name constraints, basic constraints, key usage, policies, unknown critical extensions; no revocation.
 */
public final class CertificatePath {
    private static final int MAX_INTERMEDIATES = 5;

    private final CertificateDer first;
    private final List<CertificateDer> others;

    public CertificatePath(CertificateDer first, List<CertificateDer> others) {
        this.first = first;
        this.others = List.copyOf(others);
    }

    /** @return why it does not lead to this anchor at this time, if it does not */
    public Optional<String> objection(CertificateDer anchor, Instant at) {
        try {
            CertPathBuilder.getInstance("PKIX", "SUN").build(parameters(anchor, at));
            return Optional.empty();
        } catch (GeneralSecurityException noPath) {
            return Optional.of(Text.shown(String.valueOf(noPath.getMessage())));
        }
    }

    private PKIXBuilderParameters parameters(CertificateDer anchor, Instant at) throws GeneralSecurityException {
        var target = new X509CertSelector();
        target.setCertificate(java(first));
        var parameters = new PKIXBuilderParameters(Set.of(new TrustAnchor(java(anchor), null)), target);
        parameters.addCertStore(CertStore.getInstance("Collection", presented(java(anchor)), "SUN"));
        parameters.setMaxPathLength(MAX_INTERMEDIATES);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        return parameters;
    }

    private CollectionCertStoreParameters presented(X509Certificate anchor) throws GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        certificates.add(java(first));
        for (CertificateDer other : others) {
            X509Certificate certificate = java(other);
            if (!leadsNowhere(certificate, anchor)) {
                certificates.add(certificate);
            }
        }
        return new CollectionCertStoreParameters(certificates);
    }

    /** Whoever is there already, or stays where he is; beside roots of one name the builder loses its way among such. */
    private static boolean leadsNowhere(X509Certificate certificate, X509Certificate anchor) {
        return isOfSameCa(certificate, anchor) || isSelfSigned(certificate);
    }

    private static boolean isOfSameCa(X509Certificate certificate, X509Certificate anchor) {
        return certificate.getSubjectX500Principal().equals(anchor.getSubjectX500Principal())
                && certificate.getPublicKey().equals(anchor.getPublicKey());
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException signedByAnother) {
            return false;
        }
    }

    private static X509Certificate java(CertificateDer certificate) throws GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509", "SUN");
        if (factory.generateCertificate(new ByteArrayInputStream(certificate.octets()))
                instanceof X509Certificate x509) {
            return x509;
        }
        throw new CertificateException("not an X.509 certificate");
    }
}
