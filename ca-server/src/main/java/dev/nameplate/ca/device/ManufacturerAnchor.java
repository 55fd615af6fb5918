package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Text;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.BasicConstraints;

/**
 * A manufacturer whose certificates a label believes (an implicit trust anchor, RFC 7030, 3.3.2).
 *
 * @param name what the settings, the log and the registry call it
 * @param certificate of the manufacturer's CA; taken as it is, so its own dates and issuer do not matter (RFC 5280, 6.1.1)
 * @param identity where its certificates name the device
 * @param register whether a device nobody registered is registered when it first comes
 */
public record ManufacturerAnchor(String name, CertificateDer certificate, IdentityField identity, boolean register) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public ManufacturerAnchor {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "manufacturer name is not 1 to 32 lower-case letters, digits and - that begin with a letter: "
                            + Text.shown(name));
        }
        BasicConstraints constraints =
                BasicConstraints.fromExtensions(certificate.parsed().getExtensions());
        if (constraints == null || !constraints.isCA()) {
            throw new IllegalArgumentException("manufacturer " + name + ": the certificate is not a CA's");
        }
    }
}
