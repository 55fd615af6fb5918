package dev.nameplate.ca.app;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Authentication;
import dev.nameplate.ca.device.BasicPassword;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.PresentedIdentity;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.device.Way;
import dev.nameplate.ca.edge.est.EstFeatures;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.Secret;
import dev.nameplate.ca.testkit.Csrs;
import dev.nameplate.ca.testkit.TestCa;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A device, or a station: enrols with a code, then renews itself with a new key each time. */
final class SimulatedDevice {
    private static final RequestId REQUEST = new RequestId("0011223344556677");
    private static final EnrolmentLabel LABEL =
            new EnrolmentLabel(LabelName.NONE, new ProfileName("ldevid"), Set.of(Way.CERTIFICATE, Way.CODE), List.of());

    private static final EnrolmentLabel STATION = new EnrolmentLabel(
            new LabelName("station"), new ProfileName("station"), Set.of(Way.CERTIFICATE, Way.CODE), List.of());

    private final String id;
    private final EnrolmentLabel label;
    private final EstFeatures est;
    private CertificateDer certificate;

    /** Of the usual profile. */
    SimulatedDevice(String id, EstFeatures est, Secret code) {
        this(id, LABEL, est, code);
    }

    static SimulatedDevice station(String id, EstFeatures est, Secret code) {
        return new SimulatedDevice(id, STATION, est, code);
    }

    private SimulatedDevice(String id, EnrolmentLabel label, EstFeatures est, Secret code) {
        this.id = id;
        this.label = label;
        this.est = est;
        this.certificate = enrolled(
                new PresentedIdentity(List.of(), Optional.of(new BasicPassword(id, code)), "192.0.2.1", REQUEST),
                Purpose.ENROL);
    }

    Instant notAfter() {
        return certificate.parsed().getNotAfter().toInstant();
    }

    boolean due(Duration window, Instant now) {
        return !now.isBefore(notAfter().minus(window));
    }

    void renew() {
        certificate = enrolled(
                new PresentedIdentity(List.of(certificate), Optional.empty(), "192.0.2.1", REQUEST), Purpose.REENROL);
    }

    private CertificateDer enrolled(PresentedIdentity who, Purpose purpose) {
        AuthenticatedDevice device = switch (est.identify().identify(who, label, purpose)) {
            case Authentication.Identified(var known) -> known;
            case Authentication.NotIdentified(var refusal) ->
                throw new AssertionError(id + " is not identified: " + refusal);
        };
        Csr csr = Csrs.named(id);
        IssuedCertificate issued = TestCa.issued(
                purpose == Purpose.ENROL
                        ? est.enroll().enroll(device, label, csr, REQUEST)
                        : est.reenroll().enroll(device, label, csr, REQUEST));
        return issued.certificate();
    }
}
