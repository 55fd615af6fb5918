package dev.nameplate.ca.lint;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.testkit.DeviceKey;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;

/** A certificate that passes every lint, with every part open to be spoiled. */
final class TbsRecipe {
    private static final DeviceKey ISSUER_KEY = DeviceKey.p256();
    private static final DeviceKey SUBJECT_KEY = DeviceKey.p256();

    /** Valid from 2026 to 2046, one CA below it. The signature is nonsense, which no lint looks at. */
    static final CertificateDer ISSUER = issuer();

    final Map<ASN1ObjectIdentifier, Extension> extensions = new LinkedHashMap<>();
    BigInteger serial = BigInteger.valueOf(4711);
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    X500Name issuer = new X500Name("CN=Example CA");
    X500Name subject = new X500Name("CN=sensor-17");
    Time notBefore = time("2026-11-21T08:00:00Z");
    Time notAfter = time("2027-11-21T08:00:00Z");
    SubjectPublicKeyInfo key = SUBJECT_KEY.publicKey();
    int expectedKeyUsage;
    private final Set<ASN1ObjectIdentifier> meant = new HashSet<>();
    private final boolean ca;
    private final boolean client;

    private TbsRecipe(boolean ca, int keyUsage, boolean client) {
        this.ca = ca;
        this.client = client;
        this.expectedKeyUsage = keyUsage;
        put(
                Extension.authorityKeyIdentifier,
                false,
                new AuthorityKeyIdentifier(Keys.identifierOf(ISSUER_KEY.publicKey())));
        put(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(Keys.identifierOf(key)));
        put(Extension.keyUsage, true, new KeyUsage(keyUsage));
    }

    static TbsRecipe leaf() {
        TbsRecipe leaf = new TbsRecipe(false, KeyUsage.digitalSignature, true);
        leaf.put(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        return leaf;
    }

    static TbsRecipe ca() {
        TbsRecipe ca = new TbsRecipe(true, KeyUsage.keyCertSign | KeyUsage.cRLSign, false);
        ca.put(Extension.basicConstraints, true, new BasicConstraints(0));
        return ca;
    }

    void with(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        put(type, critical, value);
    }

    void without(ASN1ObjectIdentifier type) {
        extensions.remove(type);
    }

    LintedCertificate lint() {
        var expected = new Expected(
                ca, expectedKeyUsage, client ? Set.of(KeyPurposeId.id_kp_clientAuth.toOID()) : Set.of(), meant);
        var signatory =
                new Signatory(Optional.of(ISSUER), new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
        return new Linter().lint(tbs(), signatory, expected);
    }

    static Time time(String instant) {
        return new Time(Date.from(Instant.parse(instant)));
    }

    static Extension extension(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        try {
            return new Extension(type, critical, new DEROctetString(value));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void put(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        extensions.put(type, extension(type, critical, value));
        meant.add(type);
    }

    private TBSCertificate tbs() {
        V3TBSCertificateGenerator tbs = new V3TBSCertificateGenerator();
        tbs.setSerialNumber(new ASN1Integer(serial));
        tbs.setSignature(algorithm);
        tbs.setIssuer(issuer);
        tbs.setStartDate(notBefore);
        tbs.setEndDate(notAfter);
        tbs.setSubject(subject);
        tbs.setSubjectPublicKeyInfo(key);
        tbs.setExtensions(new Extensions(extensions.values().toArray(Extension[]::new)));
        return tbs.generateTBSCertificate();
    }

    private static CertificateDer issuer() {
        TbsRecipe recipe = ca();
        recipe.subject = recipe.issuer;
        recipe.key = ISSUER_KEY.publicKey();
        recipe.notBefore = time("2026-01-01T00:00:00Z");
        recipe.notAfter = time("2046-01-01T00:00:00Z");
        recipe.put(Extension.basicConstraints, true, new BasicConstraints(1));
        recipe.put(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(Keys.identifierOf(recipe.key)));
        DERSequence signed =
                new DERSequence(new ASN1Encodable[] {recipe.tbs(), recipe.algorithm, new DERBitString(new byte[] {1})});
        return CertificateDer.of(new X509CertificateHolder(Certificate.getInstance(signed)));
    }
}
