package dev.nameplate.ca.lint;

import dev.nameplate.ca.pki.CertificateDer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.jspecify.annotations.Nullable;

/** What is about to be signed, parsed again from the octets that will be signed, and what it should be. */
record Draft(byte[] der, TBSCertificate tbs, Signatory signatory, Expected expected) {
    Extensions extensions() {
        return tbs.getExtensions();
    }

    @Nullable
    Extension extension(ASN1ObjectIdentifier type) {
        return extensions().getExtension(type);
    }

    @Nullable
    ASN1Encodable value(ASN1ObjectIdentifier type) {
        return extensions().getExtensionParsedValue(type);
    }

    @Nullable
    X500Name issuerSubject() {
        return signatory
                .certificate()
                .map(CertificateDer::parsed)
                .map(c -> c.getSubject())
                .orElse(null);
    }

    boolean selfSigned() {
        return signatory.certificate().isEmpty();
    }

    boolean claimsCa() {
        BasicConstraints constraints = BasicConstraints.fromExtensions(extensions());
        return constraints != null && constraints.isCA();
    }

    boolean mayUse(int keyUsageBit) {
        KeyUsage usage = KeyUsage.fromExtensions(extensions());
        return usage != null && usage.hasUsages(keyUsageBit);
    }
}
