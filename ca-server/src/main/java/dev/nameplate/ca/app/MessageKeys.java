package dev.nameplate.ca.app;

import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.ServiceRequest;
import dev.nameplate.est.MessageSigner;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.VaultKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/** The key in the token that signs messages to devices, and its certificate: made when first needed, renewed when due. */
final class MessageKeys {
    static final ProfileName PROFILE = new ProfileName("messages");
    private static final String PURPOSE = "messages";
    private static final KeySpec SPEC = KeySpec.EC_P256;
    private static final SignatureScheme SCHEME = SignatureScheme.defaultFor(SPEC);

    private final Core core;
    private final Lock making = new ReentrantLock();
    private final AtomicReference<@Nullable Current> current = new AtomicReference<>();

    private record Current(MessageSigner signer, Instant notAfter) {}

    MessageKeys(Core core) {
        this.core = core;
    }

    MessageSigner signer() {
        Current known = current.get();
        return known != null && !due(known) ? known.signer() : renewed();
    }

    /** One at a time, so that one key is made. */
    private MessageSigner renewed() {
        making.lock();
        try {
            Current known = current.get();
            if (known == null || due(known)) {
                known = made();
                current.set(known);
            }
            return known.signer();
        } finally {
            making.unlock();
        }
    }

    private boolean due(Current known) {
        return profile().renewal().due(known.notAfter(), core.means().clock().instant());
    }

    private Current made() {
        VaultKey key = key();
        CertificateDer certificate = certificate(key);
        SigningKey signing = core.vault().signingKey(key.uri());
        List<X509CertificateHolder> chain = new ArrayList<>(List.of(certificate.parsed()));
        core.authorities().chainFor(profile().issuer()).stream()
                .map(CertificateDer::parsed)
                .forEach(chain::add);
        var signer = new MessageSigner(
                chain,
                new AlgorithmIdentifier(SCHEME.digestIdentifier().getAlgorithm()),
                SCHEME.identifier(),
                message -> signing.sign(SCHEME, message));
        return new Current(signer, certificate.parsed().getNotAfter().toInstant());
    }

    private VaultKey key() {
        return core.vault().list().stream()
                .filter(key -> key.uri().object().equals(Optional.of(PURPOSE)))
                .findFirst()
                .orElseGet(() -> core.vault().generate(SPEC, PURPOSE));
    }

    private CertificateDer certificate(VaultKey key) {
        return switch (core.issuing()
                .services()
                .issue(new ServiceRequest(PURPOSE, PROFILE, key.publicKey(), List.of()))) {
            case Issuance.Issued(var issued) -> issued.certificate();
            case Issuance.Refused(var refusal) ->
                throw new IllegalStateException("no certificate for the key that signs messages: " + refusal);
        };
    }

    private Profile profile() {
        return core.settings().profiles().named(PROFILE);
    }
}
