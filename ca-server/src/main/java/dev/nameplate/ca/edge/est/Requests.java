package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.pki.Csr;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.est.Pkcs10;
import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** The message's words in those of the features. */
final class Requests {
    private Requests() {}

    static Csr csr(Pkcs10 message) {
        Extensions requested = message.requestedExtensions();
        return new Csr(
                request(message),
                requested.getExtensionOIDs().length == 0 ? Optional.empty() : Optional.of(requested),
                message.attributeTypes());
    }

    private static PKCS10CertificationRequest request(Pkcs10 message) {
        try {
            return new PKCS10CertificationRequest(message.der());
        } catch (IOException e) {
            throw new MalformedMessageException("the certification request is malformed", e);
        }
    }
}
