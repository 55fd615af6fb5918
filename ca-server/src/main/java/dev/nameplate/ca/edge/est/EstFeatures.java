package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Authentication;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.PresentedIdentity;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.enrollment.EnrollmentOutcome;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.RequestId;
import java.util.List;

/** What the EST operations call, each a method of a feature. */
public record EstFeatures(Identify identify, Enrol enroll, Enrol reenroll, Chains chains) {
    /** {@code DeviceAuthenticator.identify}. */
    @FunctionalInterface
    public interface Identify {
        Authentication identify(PresentedIdentity presented, EnrolmentLabel label, Purpose purpose);
    }

    /** {@code Enrollment.enroll} and {@code Enrollment.reenroll}. */
    @FunctionalInterface
    public interface Enrol {
        EnrollmentOutcome enroll(AuthenticatedDevice device, EnrolmentLabel label, Csr csr, RequestId request);
    }

    /** {@code Authorities.chainFor}: called for every cacerts, so from memory. */
    @FunctionalInterface
    public interface Chains {
        List<CertificateDer> of(IssuerName issuer);
    }
}
