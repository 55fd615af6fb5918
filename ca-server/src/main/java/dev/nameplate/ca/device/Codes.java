package dev.nameplate.ca.device;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.EnrolmentCode.CodeHash;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.Secret;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.refusal.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes and cancels one-time codes. Their text is shown once and kept nowhere. */
public final class Codes {
    private static final int SALT_OCTETS = 16;

    private final EnrolmentCodes codes;
    private final DeviceRegistry devices;
    private final Labels labels;
    private final CodeSettings settings;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * The labels that take codes.
     *
     * @param digest those among them that take them by HTTP Digest
     */
    public record Labels(Set<LabelName> all, Set<LabelName> digest) {
        public Labels {
            all = Set.copyOf(all);
            digest = Set.copyOf(digest);
        }

        /** By HTTP Basic alone. */
        public static Labels of(Set<LabelName> all) {
            return new Labels(all, Set.of());
        }
    }

    public Codes(
            EnrolmentCodes codes,
            DeviceRegistry devices,
            Labels labels,
            CodeSettings settings,
            InstantSource clock,
            SecureRandom random) {
        this.codes = codes;
        this.devices = devices;
        this.labels = labels;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    public CodeCreation create(CodeRequest wish, Cause cause) {
        Instant now = clock.instant();
        Optional<Refusal> objection = objectionTo(wish, now);
        if (objection.isPresent()) {
            return new CodeCreation.Refused(objection.get());
        }
        Secret text = CodeText.random(random);
        EnrolmentCode code = code(wish, text, now);
        return codes.add(code, cause.event(now, "code.created", subject(wish.device()), facts(code)))
                ? new CodeCreation.Created(code, text)
                : new CodeCreation.Refused(new Refusal.DeviceUnknown(wish.device()));
    }

    public CodeCancellation cancel(CodeId id, Cause cause) {
        Optional<EnrolmentCode> code = codes.find(id);
        if (code.isEmpty()) {
            return new CodeCancellation.Refused(new Refusal.NotFound("code " + id));
        }
        Instant now = clock.instant();
        AuditEvent event = cause.event(now, "code.cancelled", subject(code.get().device()), Map.of("code", id.value()));
        return codes.cancel(id, now, event)
                ? new CodeCancellation.Cancelled(codes.find(id).orElse(code.get()))
                : new CodeCancellation.Refused(
                        new Refusal.NotPossibleNow("code " + id, "it is used or cancelled already"));
    }

    public Optional<EnrolmentCode> find(CodeId id) {
        return codes.find(id);
    }

    /** A device's codes, newest first, whatever became of them; at most 100. */
    public List<EnrolmentCode> of(DeviceId device) {
        return codes.of(device);
    }

    /** At most {@code limit} codes after this one, in the order of their ids. */
    public List<EnrolmentCode> list(Optional<CodeId> after, int limit) {
        return codes.list(after, limit);
    }

    private Optional<Refusal> objectionTo(CodeRequest wish, Instant now) {
        Duration validity = wish.validity().orElse(settings.defaultValidity());
        if (!validity.isPositive() || validity.compareTo(settings.maxValidity()) > 0) {
            return Optional.of(new Refusal.FieldWrong(
                    "validity", "it is above zero and at most " + settings.maxValidity() + ", not " + validity));
        }
        Optional<LabelName> unknown = wish.label().filter(label -> !labels.all().contains(label));
        if (unknown.isPresent()) {
            return Optional.of(new Refusal.FieldWrong("label", "no label " + unknown.get() + " takes codes"));
        }
        return deviceObjection(wish.device(), now);
    }

    private Optional<Refusal> deviceObjection(DeviceId id, Instant now) {
        Optional<Device> device = devices.find(id);
        if (device.isEmpty()) {
            return Optional.of(new Refusal.DeviceUnknown(id));
        }
        if (device.get().state() != Device.State.ACTIVE) {
            return Optional.of(
                    new Refusal.DeviceNotActive(id, device.get().state().word()));
        }
        long live = codes.of(id).stream().filter(code -> live(code, now)).count();
        return live < settings.maxLivePerDevice()
                ? Optional.empty()
                : Optional.of(
                        new Refusal.NotPossibleNow("device " + id, "it has " + live + " open codes; cancel one first"));
    }

    private static boolean live(EnrolmentCode code, Instant now) {
        return code.usedAt().isEmpty() && code.cancelledAt().isEmpty() && now.isBefore(code.expiresAt());
    }

    private EnrolmentCode code(CodeRequest wish, Secret text, Instant now) {
        byte[] salt = new byte[SALT_OCTETS];
        random.nextBytes(salt);
        var hash = new CodeHash(salt, CodeText.hash(salt, CodeText.canonical(text)), digest(wish, text));
        return new EnrolmentCode(
                CodeId.random(random),
                wish.device(),
                wish.label(),
                hash,
                now,
                now.plus(wish.validity().orElse(settings.defaultValidity())),
                Optional.empty(),
                Optional.empty());
    }

    /** Only where it is of use. */
    private Optional<Sha256> digest(CodeRequest wish, Secret text) {
        boolean used = wish.label()
                .map(labels.digest()::contains)
                .orElse(!labels.digest().isEmpty());
        return used ? Optional.of(DigestSecret.of(wish.device().value(), text)) : Optional.empty();
    }

    private static String subject(DeviceId device) {
        return Holder.of(device).toString();
    }

    private static Map<String, String> facts(EnrolmentCode code) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("code", code.id().value());
        facts.put("expires", code.expiresAt().toString());
        code.label().ifPresent(label -> facts.put("label", label.value()));
        return facts;
    }
}
