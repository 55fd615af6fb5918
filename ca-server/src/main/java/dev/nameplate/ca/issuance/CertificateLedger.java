package dev.nameplate.ca.issuance;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * Every certificate that ever left this CA, and whose every key is. Each change is atomic, its event included, and durable
 * when it returns.
 */
public interface CertificateLedger extends Recorder {
    /** The certificate with exactly these octets, if it ever left this CA. */
    Optional<IssuedCertificate> find(CertificateDer certificate);

    /** All certificates with this serial: more than one only if an issuer was adopted from elsewhere. */
    List<IssuedCertificate> findBySerial(SerialNumber serial);

    Optional<Holder> holderOfKey(Sha256 keyHash);

    /** Says that this key is this holder's, as for CA keys. @return false, and nothing changed, if it is another's */
    boolean claimKey(Sha256 keyHash, Holder holder);

    List<IssuedCertificate> list(CertificateQuery query);
}
