package dev.nameplate.ca.device;

import dev.nameplate.ca.device.EnrolmentCode.CodeHash;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Is this the device's one-time code? A wrong code, a wrong or unknown id and a device without codes get the same answer after
 * the same work.
 *
 * <p>A used code still identifies its device, also after it expired: the reply may have been lost, and the ledger answers the
 * same request with the same certificate and any other with a refusal. So does one under which a request waits for somebody's
 * word: who has to wait does not lose what they wait with.
 */
final class CodeCheck {
    /** So many comparisons are made at least, so that the time tells nobody how many codes there are. */
    private static final int MIN_COMPARED = 10;

    /** Answers to no code. */
    private static final Sha256 NO_SECRET = Sha256.of();

    private static final CodeHash NOBODYS = new CodeHash(new byte[16], Sha256.of(), Optional.empty());

    private final DeviceRegistry devices;
    private final EnrolmentCodes codes;
    private final AttemptLimiter limiter;
    private final WaitingCodes waiting;
    private final Nonces nonces;
    private final InstantSource clock;

    CodeCheck(
            DeviceRegistry devices,
            EnrolmentCodes codes,
            AttemptLimiter limiter,
            WaitingCodes waiting,
            Nonces nonces,
            InstantSource clock) {
        this.devices = devices;
        this.codes = codes;
        this.limiter = limiter;
        this.waiting = waiting;
        this.nonces = nonces;
        this.clock = clock;
    }

    /** By HTTP Basic. */
    Authentication check(BasicPassword password, EnrolmentLabel label, String source) {
        byte[] canonical = CodeText.canonical(password.password());
        return check(
                password.user(),
                label,
                source,
                hash -> MessageDigest.isEqual(
                        CodeText.hash(hash.salt(), canonical).octets(),
                        hash.value().octets()));
    }

    /** By HTTP Digest. A nonce that is not good any more tells nothing of the code, and costs no attempt. */
    Authentication check(DigestAnswer answer, EnrolmentLabel label, String source) {
        String nonce = answer.nonce().ofServer();
        if (!nonces.isGood(nonce, label.name())) {
            return new Authentication.NotIdentified(new Refusal.NonceStale());
        }
        boolean aboutThis = answer.realm().equals(DigestSecret.REALM)
                && answer.request().claimed().equals(answer.request().asked());
        Authentication found = check(answer.user(), label, source, hash -> answers(answer, hash) && aboutThis);
        return found instanceof Authentication.Identified
                        && !nonces.use(nonce, answer.nonce().count())
                ? new Authentication.NotIdentified(new Refusal.NonceStale())
                : found;
    }

    /** Compares also where there is nothing to compare with, which takes as long. */
    private static boolean answers(DigestAnswer answer, CodeHash hash) {
        byte[] expected = DigestSecret.response(hash.digest().orElse(NO_SECRET), answer);
        return MessageDigest.isEqual(expected, answer.response())
                && hash.digest().isPresent();
    }

    private Authentication check(String user, EnrolmentLabel label, String source, Predicate<CodeHash> matches) {
        Optional<DeviceId> id = DeviceId.from(user);
        String account = id.map(DeviceId::value).orElse("");
        Optional<Refusal> spent = limiter.objectionTo(account, source);
        if (spent.isPresent()) {
            return new Authentication.NotIdentified(spent.get());
        }
        Optional<EnrolmentCode> code = matching(id.map(codes::of).orElse(List.of()), matches);
        Optional<Device> device = id.flatMap(devices::find);
        if (code.isEmpty() || device.isEmpty()) {
            limiter.failed(source);
            return new Authentication.NotIdentified(new Refusal.NotAuthenticated());
        }
        limiter.succeeded(account);
        return decide(code.get(), device.get(), label);
    }

    private static Optional<EnrolmentCode> matching(List<EnrolmentCode> codes, Predicate<CodeHash> matches) {
        Optional<EnrolmentCode> found = Optional.empty();
        for (int i = 0; i < Math.max(codes.size(), MIN_COMPARED); i++) {
            boolean real = i < codes.size();
            if (matches.test(real ? codes.get(i).hash() : NOBODYS) && real) {
                found = Optional.of(codes.get(i));
            }
        }
        return found;
    }

    private Authentication decide(EnrolmentCode code, Device device, EnrolmentLabel label) {
        return objectionTo(code, device, label)
                .<Authentication>map(Authentication.NotIdentified::new)
                .orElseGet(() -> new Authentication.Identified(
                        new AuthenticatedDevice(device, new Credential.Code(code.id()), Optional.empty())));
    }

    private Optional<Refusal> objectionTo(EnrolmentCode code, Device device, EnrolmentLabel label) {
        Instant now = clock.instant();
        if (code.cancelledAt().isPresent()) {
            return Optional.of(new Refusal.CodeCancelled(device.id()));
        }
        if (code.usedAt().isEmpty() && !now.isBefore(code.expiresAt()) && !waiting.waitsUnder(code.id())) {
            return Optional.of(new Refusal.CodeExpired(device.id(), code.expiresAt()));
        }
        if (code.label().filter(only -> !only.equals(label.name())).isPresent()) {
            return Optional.of(new Refusal.WayNotAccepted(
                    label.name(), "code for the label " + code.label().get()));
        }
        if (device.state() != Device.State.ACTIVE) {
            return Optional.of(
                    new Refusal.DeviceNotActive(device.id(), device.state().word()));
        }
        return Optional.empty();
    }
}
