package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import java.util.Optional;

/** An issuer generation that OCSP speaks for here. */
public final class Scope {
    private final IssuerGeneration generation;
    private final IssuerIds ids;
    private final Optional<Responder> responder;

    /** @param responder nothing while it has no certificate */
    public Scope(IssuerGeneration generation, CertificateDer issuer, Optional<Responder> responder) {
        this.generation = generation;
        this.ids = IssuerIds.of(issuer);
        this.responder = responder;
    }

    public IssuerGeneration generation() {
        return generation;
    }

    public Optional<Responder> responder() {
        return responder;
    }

    IssuerIds ids() {
        return ids;
    }
}
