package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import java.time.Instant;
import java.util.Optional;

/**
 * One generation of an issuer or root.
 *
 * @param keyUri where its private key is (RFC 7512); absent if it is not ours
 * @param subject absent until it has a certificate, and so is what follows
 * @param chainPem its certificate first, then its parents up to the root
 */
record IssuerView(
        IssuerName name,
        IssuerGeneration generation,
        IssuerRecord.State state,
        Optional<String> keyUri,
        Instant createdAt,
        Optional<String> subject,
        Optional<Instant> notAfter,
        Optional<String> chainPem) {

    static IssuerView of(IssuerRecord issuer) {
        var own = issuer.chain().stream().findFirst().map(certificate -> certificate.parsed());
        return new IssuerView(
                issuer.generation().issuer(),
                issuer.generation(),
                issuer.state(),
                Optional.of(issuer.keyUri()).filter(uri -> !uri.isEmpty()),
                issuer.createdAt(),
                own.map(certificate -> certificate.getSubject().toString()),
                own.map(certificate -> certificate.getNotAfter().toInstant()),
                own.map(_ -> PemText.of(issuer.chain())));
    }
}
