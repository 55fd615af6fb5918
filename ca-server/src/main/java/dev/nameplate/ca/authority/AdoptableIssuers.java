package dev.nameplate.ca.authority;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.Names;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.KeyVault;
import dev.nameplate.hsm.VaultKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Issuers of another CA whose key is in a token of ours already. Looks, and changes nothing. */
public final class AdoptableIssuers {
    private static final int PROOF_OCTETS = 32;

    private final KeyVault vault;
    private final IssuerRegistry registry;
    private final List<IssuerSettings> settings;
    private final InstantSource clock;
    private final SecureRandom random;

    /** @param settings of every issuer */
    public AdoptableIssuers(
            KeyVault vault,
            IssuerRegistry registry,
            List<IssuerSettings> settings,
            InstantSource clock,
            SecureRandom random) {
        this.vault = vault;
        this.registry = registry;
        this.settings = List.copyOf(settings);
        this.clock = clock;
        this.random = random;
    }

    /** What came of looking. */
    public sealed interface Outcome {
        /**
         * Key and certificate belong together.
         *
         * @param issuer as it is to be recorded
         * @param adopted whether it was recorded before
         * @param kept whether the token says that the key never could leave it
         */
        record Fit(IssuerRecord issuer, boolean adopted, boolean kept) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    /** @param given the issuer's certificate first, then those above it; a root that is known here may be left out */
    public Outcome examine(IssuerName name, KeyUri uri, List<CertificateDer> given) {
        Optional<IssuerSettings> wanted =
                settings.stream().filter(one -> one.name().equals(name)).findFirst();
        if (wanted.isEmpty()) {
            return refused("name", "there is no issuers." + name + " in the settings; add it, with external: true");
        }
        if (given.isEmpty()) {
            return refused("chain", "it is empty; give the issuer's certificate, and those above it");
        }
        List<CertificateDer> chain = completed(given);
        return ChainCheck.objectionTo(chain, clock.instant())
                .or(() -> notNamed(wanted.get(), chain.getFirst()))
                .map(why -> refused("chain", why))
                .orElseGet(() -> withKey(wanted.get(), uri, chain));
    }

    private Outcome withKey(IssuerSettings wanted, KeyUri uri, List<CertificateDer> chain) {
        Optional<VaultKey> key = vault.find(uri);
        if (key.isEmpty()) {
            return refused("key", "the token has no private key, with its public key beside it, that is " + uri);
        }
        SubjectPublicKeyInfo certified = chain.getFirst().parsed().getSubjectPublicKeyInfo();
        if (KeySpec.of(certified).filter(spec -> spec != KeySpec.ED25519).isEmpty()) {
            return refused("chain", "the issuer's key is of a kind with which this CA does not sign");
        }
        return signs(key.get(), certified)
                ? recorded(wanted, key.get(), chain)
                : refused("key", "what " + key.get().uri() + " signs does not verify by the issuer's certificate");
    }

    /** The proof is a signature: what a token says of a public key is only what somebody put beside the private one. */
    private boolean signs(VaultKey key, SubjectPublicKeyInfo certified) {
        if (!key.publicKey().equals(certified)) {
            return false;
        }
        byte[] proof = new byte[PROOF_OCTETS];
        random.nextBytes(proof);
        try {
            return new CaKey(vault.signingKey(key.uri()), certified).sign(proof).length > 0;
        } catch (SigningUnavailableException wrongSignature) {
            return false;
        }
    }

    private Outcome recorded(IssuerSettings wanted, VaultKey key, List<CertificateDer> chain) {
        List<IssuerRecord> there = registry.list().stream()
                .filter(record -> record.generation().issuer().equals(wanted.name()))
                .toList();
        Optional<IssuerRecord> same = there.stream()
                .filter(record -> !record.chain().isEmpty()
                        && record.chain().getFirst().equals(chain.getFirst())
                        && record.keyUri().equals(key.uri().toString()))
                .findFirst();
        if (same.isPresent()) {
            return new Outcome.Fit(same.get(), true, key.neverExtractable());
        }
        if (there.stream().anyMatch(record -> !record.chain().isEmpty()) || there.size() > 1) {
            return new Outcome.Refused(new Refusal.NotPossibleNow(
                    "issuer " + wanted.name(), "it has keys of its own here; adopt under another name"));
        }
        Instant now = Steps.now(clock);
        return new Outcome.Fit(
                new IssuerRecord(
                        new IssuerGeneration(wanted.name(), 1),
                        IssuerRecord.State.ACTIVE,
                        key.uri().toString(),
                        chain,
                        now),
                false,
                key.neverExtractable());
    }

    private List<CertificateDer> completed(List<CertificateDer> given) {
        var top = given.getLast().parsed();
        if (ChainCheck.signedBy(top, top)) {
            return given;
        }
        List<CertificateDer> chain = new ArrayList<>(given);
        registry.list().stream()
                .map(IssuerRecord::chain)
                .filter(known -> !known.isEmpty()
                        && ChainCheck.signedBy(top, known.getFirst().parsed()))
                .findFirst()
                .ifPresent(chain::addAll);
        return chain;
    }

    private static Optional<String> notNamed(IssuerSettings wanted, CertificateDer issuer) {
        return Names.same(issuer.parsed().getSubject(), wanted.distinguishedName())
                ? Optional.empty()
                : Optional.of("the issuer's certificate says " + issuer.parsed().getSubject() + ", and issuers."
                        + wanted.name() + ".subject says " + wanted.distinguishedName());
    }

    private static Outcome refused(String field, String why) {
        return new Outcome.Refused(new Refusal.FieldWrong(field, why));
    }
}
