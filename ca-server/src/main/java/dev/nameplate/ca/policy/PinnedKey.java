package dev.nameplate.ca.policy;

import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;

/**
 * A device whose public key was read in the factory gets its first certificate for that key alone. With a certificate of its own it
 * has shown that it has the key, and may change it.
 */
final class PinnedKey implements CsrCheck {
    @Override
    public Optional<Refusal> objectionTo(Request request) {
        return objectionTo(request.applicant(), request.key());
    }

    /** @param key what the applicant would have certified, whoever made it */
    static Optional<Refusal> objectionTo(Applicant applicant, SubjectKey key) {
        boolean shown = applicant.credential() instanceof Credential.OwnCertificate;
        if (applicant.holder().kind() != Holder.Kind.DEVICE || shown) {
            return Optional.empty();
        }
        return Optional.ofNullable(applicant.attributes().get(Device.PINNED_KEY))
                .filter(pinned -> !pinned.equals(key.hash().toString()))
                .map(_ -> new Refusal.KeyNotHarvested(
                        new DeviceId(applicant.holder().name())));
    }
}
