package dev.nameplate.ca.store;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.EnrolmentCode;
import dev.nameplate.ca.issuance.NewCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Rows to store. The certificates are well formed and that is all: nobody here looks at signatures. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    static final IssuerGeneration ISSUER = new IssuerGeneration(new IssuerName("devices"), 1);
    static final ProfileName PROFILE = new ProfileName("ldevid");

    private static final AlgorithmIdentifier ECDSA = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private static final AlgorithmIdentifier P256 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, X9ObjectIdentifiers.prime256v1);

    private Samples() {}

    static Holder device(String name) {
        return Holder.of(new DeviceId(name));
    }

    static Device registered(String name) {
        return new Device(new DeviceId(name), Device.State.ACTIVE, Map.of("line", "7 \"ä\""), NOW);
    }

    static EnrolmentCode code(String id, String device) {
        return new EnrolmentCode(
                new CodeId(id),
                new DeviceId(device),
                Optional.of(new LabelName("factory")),
                new EnrolmentCode.CodeHash(
                        new byte[16],
                        Sha256.of(id.getBytes(StandardCharsets.UTF_8)),
                        Optional.of(Sha256.of(new byte[] {7}))),
                NOW,
                NOW.plus(Duration.ofDays(1)),
                Optional.empty(),
                Optional.empty());
    }

    static AuditEvent event(String action) {
        return new AuditEvent(
                NOW,
                action,
                Actor.SYSTEM,
                "device:sensor-17",
                Optional.of(new RequestId("0123456789abcdef")),
                Map.of("a", "1", "b", "two \"words\""));
    }

    static AuditEvent issued() {
        return event("certificate.issued");
    }

    /** A certificate for a key that is made up from the word, with a serial made up from the number. */
    static CertificateDer certificate(long serial, String key) {
        return certificate(BigInteger.valueOf(serial), key);
    }

    static CertificateDer certificate(BigInteger serial, String key) {
        var generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(serial));
        generator.setSignature(ECDSA);
        generator.setIssuer(new X500Name("CN=devices"));
        generator.setSubject(new X500Name("CN=sensor"));
        generator.setStartDate(new Time(Date.from(NOW)));
        generator.setEndDate(new Time(Date.from(NOW.plus(Duration.ofDays(365)))));
        generator.setSubjectPublicKeyInfo(new SubjectPublicKeyInfo(P256, point(key)));
        var parts = new ASN1EncodableVector();
        parts.add(generator.generateTBSCertificate());
        parts.add(ECDSA);
        parts.add(new DERBitString(new byte[450]));
        try {
            return CertificateDer.parse(new DERSequence(parts).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static NewCertificate added(CertificateDer certificate, Holder holder, Credential credential) {
        return added(certificate, holder, credential, 0);
    }

    static NewCertificate added(CertificateDer certificate, Holder holder, Credential credential, int round) {
        return new NewCertificate(certificate, ISSUER, PROFILE, holder, new LabelName("factory"), credential, round, 0);
    }

    /** As after an enrolment with a manufacturer's certificate made up from the key. */
    static NewCertificate added(long serial, String key, String device) {
        return added(certificate(serial, key), device(device), manufacturer(key));
    }

    static Credential manufacturer(String word) {
        return new Credential.ManufacturerCertificate(Sha256.of(word.getBytes(StandardCharsets.UTF_8)));
    }

    static SerialNumber serial(long value) {
        return new SerialNumber(BigInteger.valueOf(value));
    }

    private static byte[] point(String key) {
        byte[] half = Sha256.of(key.getBytes(StandardCharsets.UTF_8)).octets();
        byte[] point = Arrays.copyOf(new byte[] {4}, 65);
        System.arraycopy(half, 0, point, 1, half.length);
        return point;
    }
}
