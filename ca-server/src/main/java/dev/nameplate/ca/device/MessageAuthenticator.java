package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Text;
import dev.nameplate.ca.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who signed a message whose signature holds. The signer's certificate is looked at as if it had come in TLS. A client
 * certificate that does come in TLS has to be the same device's.
 */
public final class MessageAuthenticator {
    private final DeviceAuthenticator authenticator;
    private final KnownCertificates known;
    private final Registrars registrars;

    public MessageAuthenticator(DeviceAuthenticator authenticator, KnownCertificates known, DeviceRegistry devices) {
        this.authenticator = authenticator;
        this.known = known;
        this.registrars = new Registrars(devices);
    }

    /**
     * Who it was.
     *
     * @param session what came with the message's TLS session
     * @param accepted whose signatures the label takes
     */
    public SignerFinding identify(
            CertificateDer signer, PresentedIdentity session, EnrolmentLabel label, Set<CmcSigner> accepted) {
        if (known.find(signer).isEmpty()) {
            return refused(new Refusal.CertificateForeign(
                    Text.shown(signer.parsed().getIssuer().toString())));
        }
        var shown = new PresentedIdentity(
                List.of(signer), Optional.empty(), session.source(), session.request(), session.session());
        return switch (authenticator.identify(shown, label, Purpose.ENROL)) {
            case Authentication.NotIdentified(var refusal) -> new SignerFinding.NotIdentified(refusal);
            case Authentication.Identified(var device) ->
                sameAsInTls(device, session)
                        .<SignerFinding>map(SignerFinding.NotIdentified::new)
                        .orElseGet(() -> accepted(device, signer, label, accepted));
        };
    }

    /** The device on whose behalf an authority speaks. */
    public Authentication onBehalf(RegistrationAuthority authority, DeviceId named) {
        return registrars.onBehalf(authority, named);
    }

    private static SignerFinding accepted(
            AuthenticatedDevice device, CertificateDer signer, EnrolmentLabel label, Set<CmcSigner> accepted) {
        if (RegistrationAuthority.isAuthority(signer) && accepted.contains(CmcSigner.RA)) {
            return new SignerFinding.Authority(new RegistrationAuthority(device));
        }
        return accepted.contains(CmcSigner.HOLDER)
                ? new SignerFinding.Holder(device)
                : refused(new Refusal.WayNotAccepted(label.name(), "a message signed by a device for itself"));
    }

    private Optional<Refusal> sameAsInTls(AuthenticatedDevice signer, PresentedIdentity session) {
        if (session.clientChain().isEmpty()) {
            return Optional.empty();
        }
        boolean same = known.find(session.clientChain().getFirst())
                .filter(certificate -> certificate.revokedAt().isEmpty())
                .flatMap(KnownCertificate::device)
                .filter(device -> device.id().equals(signer.device().id()))
                .isPresent();
        return same ? Optional.empty() : Optional.of(new Refusal.SignedByAnother());
    }

    private static SignerFinding refused(Refusal refusal) {
        return new SignerFinding.NotIdentified(refusal);
    }
}
