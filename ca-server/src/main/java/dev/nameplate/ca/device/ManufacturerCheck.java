package dev.nameplate.ca.device;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.CertificatePath;
import dev.nameplate.ca.pki.ClientUse;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Text;
import dev.nameplate.ca.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does a certificate that this CA did not issue come from one of the label's manufacturers, and for which device? Nothing is
 * remembered from one request to the next.
 */
final class ManufacturerCheck {
    /** Names, in the registry, the one anchor whose certificates a device may come with. */
    static final String ANCHOR_ATTRIBUTE = "manufacturer-anchor";

    private static final int MAX_CERTIFICATES = 6;

    private final DeviceRegistry devices;
    private final InstantSource clock;

    ManufacturerCheck(DeviceRegistry devices, InstantSource clock) {
        this.devices = devices;
        this.clock = clock;
    }

    CertificateFinding check(PresentedIdentity who, EnrolmentLabel label, Purpose purpose) {
        List<CertificateDer> chain = who.clientChain();
        if (chain.size() > MAX_CERTIFICATES || serial(chain.getFirst()).isEmpty()) {
            return foreign(chain.getFirst());
        }
        Instant now = clock.instant();
        Optional<ManufacturerAnchor> anchor = anchor(chain, label, now);
        if (anchor.isEmpty()) {
            return new CertificateFinding.NotAccepted(
                    outOfItsTime(chain, label, now).orElseGet(() -> foreignness(chain.getFirst())));
        }
        if (purpose == Purpose.REENROL) {
            return new CertificateFinding.NotAccepted(
                    new Refusal.NothingToRenew("a manufacturer's certificate is not renewed here; enrol with it"));
        }
        return ClientUse.objectionTo(chain.getFirst())
                .map(why -> notForClients(chain.getFirst(), why))
                .orElseGet(() -> identified(who, anchor.get()));
    }

    private static Optional<ManufacturerAnchor> anchor(List<CertificateDer> chain, EnrolmentLabel label, Instant at) {
        var path = new CertificatePath(chain.getFirst(), chain.subList(1, chain.size()));
        return label.manufacturers().stream()
                .filter(anchor -> path.objection(anchor.certificate(), at).isEmpty())
                .findFirst();
    }

    /** What keeps it from counting, if that is only its own time. */
    private static Optional<Refusal> outOfItsTime(List<CertificateDer> chain, EnrolmentLabel label, Instant now) {
        CertificateDer first = chain.getFirst();
        try {
            Validity validity = Validity.of(first);
            Instant inTime = now.isAfter(validity.notAfter()) ? validity.notAfter() : validity.notBefore();
            return serial(first)
                    .flatMap(serial -> validity.objectionAt(now, Duration.ZERO, serial))
                    .filter(_ -> anchor(chain, label, inTime).isPresent());
        } catch (IllegalStateException unreadableDate) {
            return Optional.empty();
        }
    }

    private CertificateFinding identified(PresentedIdentity who, ManufacturerAnchor anchor) {
        CertificateDer certificate = who.clientChain().getFirst();
        Optional<DeviceId> id = SubjectField.of(anchor.identity(), certificate).flatMap(DeviceId::from);
        if (id.isEmpty()) {
            return notForClients(certificate, "its subject's " + anchor.identity() + " is no device id");
        }
        Optional<Device> device = devices.find(id.get()).or(() -> registered(id.get(), anchor, who));
        return device.map(found -> accepted(found, certificate, anchor))
                .orElseGet(() -> new CertificateFinding.NotAccepted(new Refusal.DeviceUnknown(id.get())));
    }

    /** Whoever registers it first, this request or another at the same time: it is registered then. */
    private Optional<Device> registered(DeviceId id, ManufacturerAnchor anchor, PresentedIdentity who) {
        if (!anchor.register()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        var device = new Device(id, Device.State.ACTIVE, Map.of(ANCHOR_ATTRIBUTE, anchor.name()), now);
        var cause = Cause.of(Actor.of(Holder.of(id)), who.request());
        var facts = Map.of(
                ANCHOR_ATTRIBUTE,
                anchor.name(),
                "certificate",
                who.clientChain().getFirst().fingerprint().toString());
        devices.register(
                device, cause.event(now, "device.registered", Holder.of(id).toString(), facts));
        return devices.find(id);
    }

    private static CertificateFinding accepted(Device device, CertificateDer certificate, ManufacturerAnchor anchor) {
        if (!device.attributes().getOrDefault(ANCHOR_ATTRIBUTE, anchor.name()).equals(anchor.name())) {
            return foreign(certificate);
        }
        if (device.state() != Device.State.ACTIVE) {
            return new CertificateFinding.Barred(
                    new Refusal.DeviceNotActive(device.id(), device.state().word()));
        }
        var credential = new Credential.ManufacturerCertificate(certificate.fingerprint());
        return new CertificateFinding.Accepted(new AuthenticatedDevice(device, credential, Optional.empty()));
    }

    private static CertificateFinding foreign(CertificateDer certificate) {
        return new CertificateFinding.NotAccepted(foreignness(certificate));
    }

    private static Refusal foreignness(CertificateDer certificate) {
        return new Refusal.CertificateForeign(
                Text.shown(certificate.parsed().getIssuer().toString()));
    }

    private static CertificateFinding notForClients(CertificateDer certificate, String why) {
        return serial(certificate)
                .<CertificateFinding>map(
                        serial -> new CertificateFinding.NotAccepted(new Refusal.CertificateNotForClients(serial, why)))
                .orElseGet(() -> foreign(certificate));
    }

    /** A stranger's serial need not be one (RFC 5280, 4.1.2.2); such a certificate is not taken. */
    private static Optional<SerialNumber> serial(CertificateDer certificate) {
        try {
            return Optional.of(certificate.serial());
        } catch (IllegalArgumentException notASerial) {
            return Optional.empty();
        }
    }
}
