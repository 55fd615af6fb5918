package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.SigningUnavailableException;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.ocsp.Responder;
import dev.nameplate.ca.ocsp.Scope;
import dev.nameplate.ca.ocsp.Scopes;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.ServiceRequest;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.VaultException;
import dev.nameplate.hsm.VaultKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys in the token that sign what OCSP says, one per issuer generation, and their certificates, which each generation issues
 * itself and renews while the one before is still good.
 */
final class ResponderKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ResponderKeys.class);
    private static final ProfileName PROFILE = new ProfileName("responder");
    private static final KeySpec SPEC = KeySpec.EC_P256;

    private final Core core;
    private final Scopes scopes;
    private final Map<IssuerGeneration, VaultKey> keys = new ConcurrentHashMap<>();

    ResponderKeys(Core core, Scopes scopes) {
        this.core = core;
        this.scopes = scopes;
    }

    /** Makes what is missing, and renews what is due. A generation where that does not work keeps what it has. */
    synchronized void renew() {
        Instant now = core.means().clock().instant();
        List<Scope> all = new ArrayList<>();
        for (IssuerRecord issuer : core.authorities().all()) {
            if (answers(issuer, now)) {
                all.add(scope(issuer, now));
            }
        }
        scopes.set(all);
    }

    /** Where the key is that signs for this generation, once it was needed. */
    Optional<KeyUri> keyOf(IssuerGeneration generation) {
        return Optional.ofNullable(keys.get(generation)).map(VaultKey::uri);
    }

    /** Until its own end: nothing that it issued outlives it. */
    private boolean answers(IssuerRecord issuer, Instant now) {
        return core.authorities().answerableKeyFor(issuer.generation()).isPresent()
                && issuer.chain().getFirst().parsed().getNotAfter().toInstant().isAfter(now);
    }

    private Scope scope(IssuerRecord issuer, Instant now) {
        Optional<Scope> before = scopes.all().stream()
                .filter(scope -> scope.generation().equals(issuer.generation()))
                .findFirst();
        Optional<Responder> responder = before.flatMap(Scope::responder);
        return responder.isPresent() && !due(responder.get().certificate(), now)
                ? before.get()
                : new Scope(
                        issuer.generation(),
                        issuer.chain().getFirst(),
                        made(issuer.generation()).or(() -> responder));
    }

    /** An answer must not outlive the certificate of who signed it, so that is renewed early enough whatever the profile says. */
    private boolean due(CertificateDer certificate, Instant now) {
        Instant notAfter = certificate.parsed().getNotAfter().toInstant();
        var lasts = core.settings().services().ocsp().lasts();
        return core.settings().profiles().named(PROFILE).renewal().due(notAfter, now)
                || now.isAfter(notAfter.minus(lasts));
    }

    private Optional<Responder> made(IssuerGeneration generation) {
        try {
            VaultKey key = key(generation);
            SigningKey signing = core.vault().signingKey(key.uri());
            return certificate(generation, key)
                    .map(certificate ->
                            new Responder(certificate, message -> signing.sign(SignatureScheme.ECDSA_SHA256, message)));
        } catch (VaultException | LedgerUnavailableException | SigningUnavailableException e) {
            LOG.warn("OCSP of {} has no new responder certificate: {}", generation, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<CertificateDer> certificate(IssuerGeneration generation, VaultKey key) {
        var request = new ServiceRequest(label(generation), PROFILE, key.publicKey(), List.of());
        return switch (core.issuing().services().issueResponder(request, generation)) {
            case Issuance.Issued(var issued) -> Optional.of(issued.certificate());
            case Issuance.Refused(var refusal) -> {
                LOG.warn("OCSP of {} has no new responder certificate: {}", generation, refusal);
                yield Optional.empty();
            }
        };
    }

    private VaultKey key(IssuerGeneration generation) {
        VaultKey known = keys.get(generation);
        if (known != null) {
            return known;
        }
        String label = label(generation);
        VaultKey key = core.vault().list().stream()
                .filter(there -> there.uri().object().equals(Optional.of(label)))
                .findFirst()
                .orElseGet(() -> core.vault().generate(SPEC, label));
        keys.put(generation, key);
        return key;
    }

    /** As in {@code responder-devices-1}. */
    private static String label(IssuerGeneration generation) {
        return "responder-" + generation.issuer() + "-" + generation.number();
    }
}
