package dev.nameplate.ca.authority;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.KeyVault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Issuers whose certificate a CA elsewhere signs: the request goes out, the chain comes in. */
public final class ExternalIssuers {
    private final KeyVault vault;
    private final IssuerRegistry registry;
    private final InstantSource clock;

    public ExternalIssuers(KeyVault vault, IssuerRegistry registry, InstantSource clock) {
        this.vault = vault;
        this.registry = registry;
        this.clock = clock;
    }

    /** What became of a wish for a request. */
    public sealed interface RequestOutcome {
        /** @param pkcs10 in DER (RFC 2986) */
        record Made(byte[] pkcs10) implements RequestOutcome {}

        record Refused(Refusal refusal) implements RequestOutcome {}
    }

    /** What became of a chain. */
    public sealed interface ImportOutcome {
        /** The issuer is active; {@link Authorities#reload} lets it sign. */
        record Imported(IssuerRecord issuer) implements ImportOutcome {}

        record Refused(Refusal refusal) implements ImportOutcome {}
    }

    /** A request for a prepared issuer, signed in the vault. */
    public RequestOutcome request(IssuerSettings settings) {
        return prepared(settings.name())
                .<RequestOutcome>map(issuer -> new RequestOutcome.Made(request(settings, issuer)))
                .orElseGet(() -> new RequestOutcome.Refused(notPrepared(settings.name())));
    }

    /** @param chain the issuer's certificate first, its self-signed root last */
    public ImportOutcome importChain(IssuerName name, List<CertificateDer> chain, Cause cause) {
        Optional<IssuerRecord> prepared = prepared(name);
        if (prepared.isEmpty()) {
            return new ImportOutcome.Refused(notPrepared(name));
        }
        Instant now = clock.instant();
        Optional<String> objection = objectionTo(prepared.get(), chain, now);
        if (objection.isPresent()) {
            return new ImportOutcome.Refused(new Refusal.FieldWrong("chain", objection.get()));
        }
        IssuerRecord active = new IssuerRecord(
                prepared.get().generation(),
                IssuerRecord.State.ACTIVE,
                prepared.get().keyUri(),
                chain,
                prepared.get().createdAt());
        Map<String, String> facts = Map.of(
                "serial", chain.getFirst().serial().toString(),
                "fingerprint", chain.getFirst().fingerprint().toString());
        registry.update(active, cause.event(now, "issuer.imported", "issuer:" + active.generation(), facts));
        return new ImportOutcome.Imported(active);
    }

    private Optional<String> objectionTo(IssuerRecord issuer, List<CertificateDer> chain, Instant now) {
        if (chain.isEmpty()) {
            return Optional.of("it is empty");
        }
        SubjectPublicKeyInfo key =
                vault.signingKey(KeyUri.parse(issuer.keyUri())).publicKey();
        return chain.getFirst().parsed().getSubjectPublicKeyInfo().equals(key)
                ? ChainCheck.objectionTo(chain, now)
                : Optional.of("the first certificate is not for the key of issuer " + issuer.generation());
    }

    private byte[] request(IssuerSettings settings, IssuerRecord issuer) {
        return CaRequest.of(settings, settings.distinguishedName(), vault.signingKey(KeyUri.parse(issuer.keyUri())));
    }

    private Optional<IssuerRecord> prepared(IssuerName name) {
        return registry.list().stream()
                .filter(issuer -> issuer.generation().issuer().equals(name))
                .filter(issuer -> issuer.state() == IssuerRecord.State.PREPARED
                        && issuer.chain().isEmpty())
                .findFirst();
    }

    private static Refusal notPrepared(IssuerName name) {
        return new Refusal.NotPossibleNow(
                "issuer " + name,
                "it does not wait for a certificate from elsewhere (issuers." + name + ".external, then init)");
    }
}
