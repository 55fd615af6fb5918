package dev.nameplate.ca.edge.http;

import dev.nameplate.ca.pki.Csr;
import dev.nameplate.est.Pkcs10;
import dev.nameplate.est.RequestedCertificate;

/** The message's words in those of the features. */
public final class Requests {
    private Requests() {}

    public static Csr csr(Pkcs10 message) {
        return csr(RequestedCertificate.of(message));
    }

    public static Csr csr(RequestedCertificate wanted) {
        return new Csr(
                wanted.subject(),
                wanted.publicKey(),
                wanted.extensions(),
                wanted.attributes(),
                wanted.proof().map(proof -> new Csr.Proof(proof.algorithm(), proof.signed(), proof.signature())));
    }
}
