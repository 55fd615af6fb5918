package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.policy.ServiceRequest;
import dev.nameplate.ca.revocation.RevocationFeed;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Revocations;
import dev.nameplate.ca.revocation.Standing;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.SampleProfiles;
import dev.nameplate.ca.testkit.TestCa;
import dev.nameplate.hsm.KeySpec;
import dev.nameplate.hsm.SignatureScheme;
import dev.nameplate.hsm.SigningKey;
import dev.nameplate.hsm.VaultKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** OCSP for the devices' issuer of a CA in memory. */
public final class OcspRig {
    private static final AlgorithmIdentifier ECDSA = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    public static final IssuerGeneration DEVICES = new IssuerGeneration(SampleProfiles.DEVICES, 1);
    public static final IssuerGeneration ROOT = new IssuerGeneration(TestCa.ROOT, 1);

    public final TestCa ca = TestCa.founded();
    final Scopes scopes = new Scopes();
    final RevocationFeed feed = ca.store.feed();
    final AtomicInteger looks = new AtomicInteger();
    public final OcspResponder responder;
    private final Revocations revocations = new Revocations(ca.store.revocations(), feed, ca.clock);
    volatile boolean current = true;
    volatile Runnable beforeSigning = () -> {};
    volatile Runnable afterLooking = () -> {};
    public volatile boolean databaseAway;

    public OcspRig() {
        this(OcspSettings.defaults());
    }

    public OcspRig(OcspSettings settings) {
        scopes.set(List.of(scope(DEVICES), scope(ROOT)));
        responder = new OcspResponder(
                settings,
                scopes,
                new CaStandings(this::standing, ca.authorities::all),
                () -> current,
                new OcspResponder.World(ca.clock, Runnable::run, OcspListener.SILENT));
        feed.register(responder.listener());
    }

    public IssuedCertificate enrolled(String device) {
        ca.registered(device, Map.of());
        return TestCa.issued(ca.enrollment.enroll(
                ca.withCode(device), TestCa.label(SampleProfiles.LDEVID), Csrs.named(device), TestCa.REQUEST));
    }

    public void revoke(IssuedCertificate issued) {
        revocations.revoke(
                issued.issuer(), issued.serial(), RevocationReason.KEY_COMPROMISE, Optional.empty(), Cause.SYSTEM);
    }

    public void hold(IssuedCertificate issued) {
        revocations.hold(issued.issuer(), issued.serial(), Optional.empty(), Cause.SYSTEM);
    }

    public void release(IssuedCertificate issued) {
        revocations.release(issued.issuer(), issued.serial(), Cause.SYSTEM);
    }

    public CertificateDer issuer(IssuerGeneration generation) {
        return ca.authorities.answerableKeyFor(generation).orElseThrow().certificate();
    }

    /** As the door asks. */
    OcspAnswer ask(OcspRequest request) {
        return responder
                .atHand(request)
                .<OcspAnswer>map(OcspAnswer.Said::new)
                .orElseGet(() -> responder.answer(request));
    }

    OcspAnswer ask(byte[] request) {
        return ask(OcspRequest.parse(request));
    }

    Scope scope(IssuerGeneration generation) {
        VaultKey key = ca.vault.generate(KeySpec.EC_P256, "responder-" + generation);
        var request = new ServiceRequest(
                "responder-" + generation.issuer(), SampleProfiles.RESPONDER, key.publicKey(), List.of());
        CertificateDer certificate = ((Issuance.Issued) ca.services.issueResponder(request, generation))
                .certificate()
                .certificate();
        SigningKey signing = ca.vault.signingKey(key.uri());
        ResponderKey signer = message -> {
            beforeSigning.run();
            return signing.sign(SignatureScheme.ECDSA_SHA256, message);
        };
        return new Scope(generation, issuer(generation), Optional.of(new Responder(certificate, ECDSA, signer)));
    }

    public static OcspSettings settings(int kept, int livePerSecond) {
        return new OcspSettings(Duration.ofHours(12), Duration.ofMinutes(10), kept, livePerSecond);
    }

    private Optional<Standing> standing(IssuerGeneration issuer, SerialNumber serial) {
        looks.incrementAndGet();
        if (databaseAway) {
            throw new LedgerUnavailableException("the database is away", new IllegalStateException());
        }
        var found = ca.store.revocations().of(issuer, serial);
        afterLooking.run();
        return found;
    }
}
