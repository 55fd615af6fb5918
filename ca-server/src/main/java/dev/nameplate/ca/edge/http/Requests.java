package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.Csr;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.est.Pkcs10;
import java.io.IOException;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** The message's words in those of the features. */
public final class Requests {
    private Requests() {}

    public static Csr csr(Pkcs10 message) {
        return new Csr(request(message), message.requestedExtensions(), message.attributeTypes());
    }

    private static PKCS10CertificationRequest request(Pkcs10 message) {
        try {
            return new PKCS10CertificationRequest(message.der());
        } catch (IOException e) {
            throw new MalformedMessageException("the certification request is malformed", e);
        }
    }
}
