package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.Authentication;
import dev.nameplate.ca.device.CmcSigner;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.device.PresentedIdentity;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.device.SignerFinding;
import dev.nameplate.ca.enrollment.EnrollmentOutcome;
import dev.nameplate.ca.enrollment.KeyDelivery;
import dev.nameplate.ca.enrollment.RevocationWish;
import dev.nameplate.ca.enrollment.ServerKeyRequest;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.Csr;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.policy.Asking;
import dev.nameplate.ca.revocation.Revocation;
import dev.nameplate.est.MessageSigner;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the EST operations call, each a method of a feature. */
public record EstFeatures(
        Doorkeeper identify,
        Enrol enroll,
        Enrol reenroll,
        Chains chains,
        Asked asked,
        KeyMaking keys,
        Messages messages) {
    /**
     * Signed messages.
     *
     * @param signer whose signature stands under an answer
     */
    public record Messages(
            IdentifySigner identify,
            EnrolSigned enroll,
            RevokeSigned revoke,
            Supplier<MessageSigner> signer,
            SecureRandom random,
            InstantSource clock) {}

    /** {@code MessageAuthenticator.identify}. */
    @FunctionalInterface
    public interface IdentifySigner {
        SignerFinding identify(
                CertificateDer signer, PresentedIdentity session, EnrolmentLabel label, Set<CmcSigner> accepted);
    }

    /** {@code MessageEnrollment.enroll}. */
    @FunctionalInterface
    public interface EnrolSigned {
        EnrollmentOutcome enroll(SignerFinding signer, EnrolmentLabel label, Csr csr, RequestId request);
    }

    /** {@code MessageEnrollment.revoke}. */
    @FunctionalInterface
    public interface RevokeSigned {
        Revocation revoke(SignerFinding signer, RevocationWish wish, RequestId request);
    }

    /**
     * Keys for devices.
     *
     * @param signer whose signature stands under a sealed key
     */
    public record KeyMaking(Deliver deliver, Supplier<MessageSigner> signer, SecureRandom random) {}

    /** {@code ServerKeyEnrollment.deliver}. */
    @FunctionalInterface
    public interface Deliver {
        KeyDelivery deliver(AuthenticatedDevice device, EnrolmentLabel label, ServerKeyRequest asked);
    }

    /**
     * Finds out who asks.
     *
     * @param nonces for the challenges of HTTP Digest, {@code Nonces.next}
     */
    public record Doorkeeper(Identify how, Function<LabelName, String> nonces) {
        public Authentication identify(PresentedIdentity presented, EnrolmentLabel label, Purpose purpose) {
            return how.identify(presented, label, purpose);
        }
    }

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

    /** {@code Asking.of}, for the label's profile. */
    @FunctionalInterface
    public interface Asked {
        Asking of(EnrolmentLabel label);
    }

    /** {@code Authorities.chainFor}: called for every cacerts, so from memory. */
    @FunctionalInterface
    public interface Chains {
        List<CertificateDer> of(IssuerName issuer);

        /** {@code FetchNotes.fetched}: whoever has this certificate was given the chain. Never waits. */
        default void fetched(IssuerName issuer, CertificateDer certificate) {}
    }
}
