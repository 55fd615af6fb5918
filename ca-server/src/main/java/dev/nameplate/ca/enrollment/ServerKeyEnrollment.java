package dev.nameplate.ca.enrollment;

import dev.nameplate.ca.audit.Actor;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.device.AuthenticatedDevice;
import dev.nameplate.ca.device.EnrolmentLabel;
import dev.nameplate.ca.enrollment.KeptKeys.KeptKey;
import dev.nameplate.ca.enrollment.KeySource.MadeKey;
import dev.nameplate.ca.issuance.Issuance;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.issuance.Issuer;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.policy.Admission;
import dev.nameplate.ca.policy.CsrPolicy;
import dev.nameplate.ca.policy.KeylessAdmission;
import dev.nameplate.ca.policy.KeylessRequest;
import dev.nameplate.ca.policy.ServerKeys;
import dev.nameplate.ca.policy.ServerKeys.Delivery;
import dev.nameplate.ca.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Makes a key for a device and certifies it (RFC 7030, 4.4). The certificate is on record, and so is the delivery, before the key
 * leaves. A sealed key may be kept, still sealed, and is then given again to the same request; one in the clear is made for its one
 * answer.
 */
public final class ServerKeyEnrollment {
    private final CsrPolicy policy;
    private final Issuer issuer;
    private final KeySource source;
    private final KeyRecipients recipients;
    private final KeptKeys kept;
    private final InstantSource clock;

    public ServerKeyEnrollment(
            CsrPolicy policy,
            Issuer issuer,
            KeySource source,
            KeyRecipients recipients,
            KeptKeys kept,
            InstantSource clock) {
        this.policy = policy;
        this.issuer = issuer;
        this.source = source;
        this.recipients = recipients;
        this.kept = kept;
        this.clock = clock;
    }

    /** One request under way. */
    private record Order(KeylessRequest admitted, ServerKeys rule, ServerKeyRequest asked) {
        Cause cause() {
            return Cause.of(Actor.of(admitted.holder()), asked.id());
        }
    }

    public KeyDelivery deliver(AuthenticatedDevice device, EnrolmentLabel label, ServerKeyRequest asked) {
        return switch (policy.admitWithoutKey(device, label, asked.csr())) {
            case KeylessAdmission.Refused(var refusal) -> new KeyDelivery.Refused(refusal);
            case KeylessAdmission.Admitted(var admitted) ->
                admitted.profile()
                        .keys()
                        .serverMade()
                        .map(rule -> deliver(device, new Order(admitted, rule, asked)))
                        .orElseGet(() ->
                                refused("profile " + admitted.profile().name() + " has no keys made for devices"));
        };
    }

    /** Forgets what was kept long enough. */
    public void forget() {
        kept.forget(clock.instant());
    }

    private KeyDelivery deliver(AuthenticatedDevice device, Order order) {
        return switch (order.asked().decryption()) {
            case Decryption.None() ->
                order.rule().delivery().contains(Delivery.CLEAR)
                        ? inTheClear(order)
                        : refused("keys leave here sealed alone: name a key to decrypt it with (RFC 7030, 4.4.1)");
            case Decryption.BySecret(var id) -> sealed(order, id, recipients.bySecret(device, id));
            case Decryption.ByCertificate(var id) -> sealed(order, id, recipients.byCertificate(device, id));
        };
    }

    private KeyDelivery inTheClear(Order order) {
        try (MadeKey made = source.make(order.rule().key())) {
            return switch (certified(order, made.publicKey())) {
                case Issuance.Refused(var refusal) -> new KeyDelivery.Refused(refusal);
                case Issuance.Issued(var certificate) -> {
                    note("key.delivered", order, certificate, Map.of("delivery", Delivery.CLEAR.toString()));
                    yield new KeyDelivery.InTheClear(certificate, made.pkcs8());
                }
            };
        }
    }

    private KeyDelivery sealed(Order order, String id, KeyRecipients.Finding finding) {
        if (!order.rule().delivery().contains(Delivery.SEALED)) {
            return refused("keys are not sealed here; without a named key they leave as TLS protects them");
        }
        return switch (finding) {
            case KeyRecipients.Finding.NotFound(var refusal) -> new KeyDelivery.Refused(refusal);
            case KeyRecipients.Finding.Found(var recipient) -> sealed(order, id, recipient);
        };
    }

    private KeyDelivery sealed(Order order, String id, Recipient recipient) {
        Optional<String> objection = order.asked().envelope().objectionTo(recipient);
        if (objection.isPresent()) {
            return refused(objection.get());
        }
        Sha256 request = fingerprint(order, id);
        Optional<KeptKey> before = kept.find(request, clock.instant());
        return before.isPresent()
                ? delivered("key.delivered-again", order, id, before.get())
                : delivered("key.delivered", order, id, made(order, request, recipient));
    }

    private KeptKey made(Order order, Sha256 request, Recipient recipient) {
        Instant now = clock.instant();
        try (MadeKey made = source.make(order.rule().key())) {
            var key = new KeptKey(
                    request,
                    made.publicKey(),
                    message(order, made, recipient),
                    now.plus(order.rule().again()));
            if (order.rule().again().isZero()) {
                return key;
            }
            var facts = Map.of(
                    "key",
                    Keys.hashOf(made.publicKey()).toString(),
                    "until",
                    key.until().toString());
            return kept.keep(
                    key,
                    now,
                    order.cause()
                            .event(now, "key.kept", order.admitted().holder().toString(), facts));
        }
    }

    private static byte[] message(Order order, MadeKey made, Recipient recipient) {
        byte[] pkcs8 = made.pkcs8();
        try {
            return order.asked().envelope().seal(pkcs8, recipient);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
            if (recipient instanceof Recipient.Secret(var secret)) {
                Arrays.fill(secret, (byte) 0);
            }
        }
    }

    private KeyDelivery delivered(String action, Order order, String id, KeptKey key) {
        return switch (certified(order, key.publicKey())) {
            case Issuance.Refused(var refusal) -> new KeyDelivery.Refused(refusal);
            case Issuance.Issued(var certificate) -> {
                note(action, order, certificate, Map.of("delivery", Delivery.SEALED.toString(), "decrypted-with", id));
                yield new KeyDelivery.Sealed(certificate, key.message());
            }
        };
    }

    private Issuance certified(Order order, SubjectPublicKeyInfo key) {
        return switch (policy.admitMadeKey(order.admitted(), key)) {
            case Admission.Refused(var refusal) -> new Issuance.Refused(refusal);
            case Admission.Admitted(var admitted) -> issuer.issue(admitted, order.cause());
        };
    }

    private void note(String action, Order order, IssuedCertificate certificate, Map<String, String> how) {
        Map<String, String> facts = new TreeMap<>(how);
        facts.put("serial", certificate.serial().toString());
        facts.put("issuer", certificate.issuer().toString());
        facts.put("key", certificate.certificate().keyHash().toString());
        kept.note(order.cause()
                .event(clock.instant(), action, order.admitted().holder().toString(), facts));
    }

    /** The same credential asking again under the same label, with the same CSR key, for the same decryption. */
    private static Sha256 fingerprint(Order order, String id) {
        String who =
                order.admitted().credential().key() + "\n" + order.admitted().label() + "\n" + id + "\n";
        return Sha256.of(
                who.getBytes(StandardCharsets.UTF_8),
                order.asked().csr().keyHash().octets());
    }

    private static KeyDelivery refused(String why) {
        return new KeyDelivery.Refused(new Refusal.KeyNotDeliverable(why));
    }
}
