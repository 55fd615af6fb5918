package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.issuance.CertificateLedger;
import dev.nameplate.ca.issuance.CertificateQuery;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/**
 * Finds what a device wants its key encrypted to. A certificate is one of the device's own: the one it shows in TLS, whoever
 * issued that, or one that this CA issued to it and that is in force.
 */
public final class KeyRecipients {
    private static final int MOST_CERTIFICATES = 1000;
    private static final String UNKNOWN =
            "the key it names for decryption is not known here; nothing is sent in the clear instead";

    private final CertificateLedger ledger;
    private final DeviceSecrets secrets;
    private final InstantSource clock;

    public KeyRecipients(CertificateLedger ledger, DeviceSecrets secrets, InstantSource clock) {
        this.ledger = ledger;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** What came of looking. */
    sealed interface Finding {
        record Found(Recipient recipient) implements Finding {}

        record NotFound(Refusal refusal) implements Finding {}
    }

    Finding bySecret(AuthenticatedDevice device, String id) {
        return secrets.find(device.device().id(), id)
                .<Finding>map(secret -> new Finding.Found(new Recipient.Secret(secret)))
                .orElseGet(() -> refused(UNKNOWN));
    }

    Finding byCertificate(AuthenticatedDevice device, String id) {
        return certificates(device)
                .filter(certificate -> hasIdentifier(certificate, id))
                .findFirst()
                .map(KeyRecipients::recipient)
                .orElseGet(() -> refused(UNKNOWN));
    }

    private Stream<CertificateDer> certificates(AuthenticatedDevice device) {
        Holder holder = Holder.of(device.device().id());
        var query = new CertificateQuery(Optional.of(holder), Optional.empty(), Optional.empty(), MOST_CERTIFICATES);
        Stream<CertificateDer> inForce = ledger.list(query).stream()
                .filter(this::inItsTime)
                .filter(issued -> issued.standing().revokedAt().isEmpty())
                .map(IssuedCertificate::certificate);
        return Stream.concat(device.shown().stream(), inForce);
    }

    private boolean inItsTime(IssuedCertificate issued) {
        Instant now = clock.instant();
        return !now.isBefore(issued.notBefore()) && !now.isAfter(issued.notAfter());
    }

    private static boolean hasIdentifier(CertificateDer certificate, String id) {
        SubjectKeyIdentifier identifier =
                SubjectKeyIdentifier.fromExtensions(certificate.parsed().getExtensions());
        return identifier != null
                && HexFormat.of().formatHex(identifier.getKeyIdentifier()).equals(id);
    }

    /** RFC 7030, 4.4.1.2: a key that may do nothing but sign is not one to encrypt to. */
    private static Finding recipient(CertificateDer certificate) {
        KeyUsage usage = KeyUsage.fromExtensions(certificate.parsed().getExtensions());
        boolean encrypts =
                usage == null || usage.hasUsages(KeyUsage.keyEncipherment) || usage.hasUsages(KeyUsage.keyAgreement);
        return encrypts
                ? new Finding.Found(new Recipient.Certificate(certificate))
                : refused("the certificate it names for decryption allows neither keyEncipherment nor keyAgreement");
    }

    private static Finding refused(String why) {
        return new Finding.NotFound(new Refusal.KeyNotDeliverable(why));
    }
}
