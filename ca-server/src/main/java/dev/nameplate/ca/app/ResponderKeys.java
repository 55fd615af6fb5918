package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.SigningUnavailableException;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.lint.LintFailedException;
import dev.nameplate.ca.lint.MatterIds;
import dev.nameplate.ca.ocsp.Responder;
import dev.nameplate.ca.ocsp.Scope;
import dev.nameplate.ca.ocsp.Scopes;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.VaultException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    private final OwnKey.Watch watch;
    private final Map<IssuerGeneration, OwnKey> keys = new ConcurrentHashMap<>();

    ResponderKeys(Core core, Scopes scopes, OwnKey.Watch watch) {
        this.core = core;
        this.scopes = scopes;
        this.watch = watch;
    }

    /** Makes what is missing, and renews what is due. A generation where that does not work keeps what it has. */
    synchronized void renew() {
        Instant now = core.means().clock().instant();
        List<Scope> all = new ArrayList<>();
        for (IssuerRecord issuer : core.authorities().all()) {
            if (answers(issuer, now)) {
                all.add(scope(issuer));
            }
        }
        scopes.set(all);
        endOthers(all);
    }

    /** What a generation that is destroyed signed with is needed no more. */
    private void endOthers(List<Scope> all) {
        Set<IssuerGeneration> answering = all.stream().map(Scope::generation).collect(Collectors.toSet());
        keys.keySet().retainAll(answering);
        core.authorities().all().stream()
                .filter(issuer -> issuer.state() == IssuerRecord.State.DESTROYED)
                .map(issuer -> label(issuer.generation()))
                .forEach(this::end);
    }

    private void end(String purpose) {
        try {
            core.ownKeys().end(purpose);
            watch.over(purpose);
        } catch (VaultException e) {
            LOG.warn("the keys of {} are not destroyed yet: {}", purpose, e.getMessage());
        }
    }

    /** Where the key is that signs for this generation, once it was needed. */
    Optional<KeyUri> keyOf(IssuerGeneration generation) {
        return Optional.ofNullable(keys.get(generation))
                .flatMap(OwnKey::held)
                .map(held -> KeyUri.parse(held.key().keyUri()));
    }

    /** Of every generation that answers. */
    List<OwnKey> keys() {
        return List.copyOf(keys.values());
    }

    /**
     * Until its own end: nothing that it issued outlives it. Never for an issuer of Matter's, whose rules have no certificate for
     * a responder: what it revokes is on its CRL, which the ledger names.
     */
    private boolean answers(IssuerRecord issuer, Instant now) {
        return !isMatters(issuer)
                && core.authorities().answerableKeyFor(issuer.generation()).isPresent()
                && issuer.chain().getFirst().parsed().getNotAfter().toInstant().isAfter(now);
    }

    private static boolean isMatters(IssuerRecord issuer) {
        return issuer.chain().stream()
                .limit(1)
                .anyMatch(certificate ->
                        MatterIds.of(certificate.parsed().getSubject()).vendor().isPresent());
    }

    private Scope scope(IssuerRecord issuer) {
        Optional<Scope> before = scopes.all().stream()
                .filter(scope -> scope.generation().equals(issuer.generation()))
                .findFirst();
        Optional<Responder> responder = before.flatMap(Scope::responder);
        Optional<OwnKey.Held> held = held(issuer.generation());
        boolean same = responder.isPresent()
                && held.filter(now -> now.certificate().equals(responder.get().certificate()))
                        .isPresent();
        return same
                ? before.get()
                : new Scope(
                        issuer.generation(),
                        issuer.chain().getFirst(),
                        held.map(ResponderKeys::responder).or(() -> responder));
    }

    private Optional<OwnKey.Held> held(IssuerGeneration generation) {
        try {
            return Optional.of(keys.computeIfAbsent(generation, this::key).renew());
        } catch (VaultException
                | LedgerUnavailableException
                | SigningUnavailableException
                | NotIssuedException
                | LintFailedException e) {
            LOG.warn("OCSP of {} has no responder certificate: {}", generation, e.getMessage());
            return Optional.empty();
        }
    }

    private static Responder responder(OwnKey.Held held) {
        SignatureScheme scheme = SignatureScheme.defaultFor(
                KeySpec.of(held.signing().publicKey()).orElseThrow());
        return new Responder(
                held.certificate(),
                scheme.identifier(),
                message -> held.signing().sign(scheme, message));
    }

    private OwnKey key(IssuerGeneration generation) {
        var wish = new OwnKey.Wish(
                PROFILE,
                label(generation),
                spec(generation),
                core.settings().services().rotation().ocsp(),
                due(generation),
                request -> core.issuing().services().issueResponder(request, generation));
        return new OwnKey(core, wish, watch);
    }

    /** An answer must not outlive the certificate of who signed it, so that is renewed early enough whatever the profile says. */
    private Predicate<CertificateDer> due(IssuerGeneration generation) {
        Due byProfile = new Due(core, PROFILE, () -> core.authorities().answerableKeyFor(generation));
        return certificate -> byProfile.test(certificate)
                || (tooShortToAnswer(certificate)
                        && byProfile.wouldLastLonger(
                                certificate.parsed().getNotAfter().toInstant()));
    }

    private boolean tooShortToAnswer(CertificateDer certificate) {
        Instant end = certificate.parsed().getNotAfter().toInstant();
        return core.means()
                .clock()
                .instant()
                .isAfter(end.minus(core.settings().services().ocsp().lasts()));
    }

    /** What an issuer of ML-DSA signed, a quantum computer must not speak for either. */
    private KeySpec spec(IssuerGeneration generation) {
        return core.authorities()
                .answerableKeyFor(generation)
                .flatMap(key -> KeySpec.of(key.certificate().parsed().getSubjectPublicKeyInfo()))
                .filter(KeySpec::mlDsa)
                .orElse(SPEC);
    }

    /** As in {@code responder-devices-1}. */
    private static String label(IssuerGeneration generation) {
        return "responder-" + generation.issuer() + "-" + generation.number();
    }
}
