package dev.nameplate.ca.app;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.est.MessageSigner;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SignatureScheme;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/** The key in the token that signs messages to devices, and its certificate: made when first needed, renewed when due. */
final class MessageKeys {
    static final ProfileName PROFILE = new ProfileName("messages");
    private static final KeySpec SPEC = KeySpec.EC_P256;
    private static final SignatureScheme SCHEME = SignatureScheme.defaultFor(SPEC);

    private final Core core;
    private final OwnKey key;

    MessageKeys(Core core, OwnKey.Watch watch) {
        this.core = core;
        this.key = new OwnKey(core, wish(core), watch);
    }

    private static OwnKey.Wish wish(Core core) {
        return new OwnKey.Wish(
                PROFILE,
                PROFILE.value(),
                SPEC,
                core.settings().services().rotation().messages(),
                Due.of(core, PROFILE),
                core.issuing().services()::issue);
    }

    OwnKey key() {
        return key;
    }

    MessageSigner signer() {
        OwnKey.Held held = key.current();
        List<X509CertificateHolder> chain =
                new ArrayList<>(List.of(held.certificate().parsed()));
        core.authorities().chainFor(core.settings().profiles().named(PROFILE).issuer()).stream()
                .map(CertificateDer::parsed)
                .forEach(chain::add);
        return new MessageSigner(
                chain,
                new AlgorithmIdentifier(SCHEME.digestIdentifier().getAlgorithm()),
                SCHEME.identifier(),
                message -> held.signing().sign(SCHEME, message));
    }
}
