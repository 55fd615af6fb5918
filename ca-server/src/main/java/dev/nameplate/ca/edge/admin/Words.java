package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.Purpose;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.Closing;
import dev.nameplate.ca.factory.KeyOrigin;
import dev.nameplate.ca.factory.Patience;
import dev.nameplate.ca.factory.Protection;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.BundleName;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import dev.nameplate.ca.pki.KeyAlgorithm;
import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.SerialNumber;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.ca.renewal.PullId;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.bulk.Plan;
import dev.nameplate.ca.revocation.bulk.PlanId;
import dev.nameplate.ca.revocation.bulk.Selection;
import dev.nameplate.ca.revocation.bulk.Treatment;
import dev.nameplate.ca.rotation.HorizonAlarm;
import dev.nameplate.ca.rotation.KeyKind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How every single value of the API is written. The words check themselves, here and in the features alike. */
final class Words {
    static final List<Word<?>> ALL = List.of(
            Word.text(
                    DeviceId.class,
                    DeviceId::new,
                    "1 to 64 letters, digits and . _ @ + -, beginning with a letter or digit"),
            Word.text(LabelName.class, LabelName::new, "an EST label; `default` is the service without one"),
            Word.text(ProfileName.class, ProfileName::new, "a certificate profile of the settings"),
            Word.text(
                    OperatorName.class,
                    OperatorName::new,
                    "1 to 32 lower-case letters, digits and . _ -, beginning with a letter"),
            Word.text(IssuerName.class, IssuerName::new, "an issuer of the settings"),
            Word.text(
                    IssuerGeneration.class,
                    IssuerGeneration::parse,
                    "an issuer's name and the number of its key, as in `devices/1`"),
            Word.text(CrlScope.class, CrlScope::parse, "an issuer's name and the name of its CRL, as in `devices/g1`"),
            Word.text(
                    CrlName.class,
                    CrlName::new,
                    "`g1` for all that the issuer's first key signed, `g1-7` for the seventh shard of it"),
            Word.text(SerialNumber.class, SerialNumber::parse, "hexadecimal, with or without colons"),
            Word.text(CodeId.class, CodeId::new, "16 hexadecimal digits; not the code itself"),
            Word.text(RequestId.class, RequestId::new, "16 hexadecimal digits"),
            Word.text(Sha256.class, Sha256::fromHex, "64 hexadecimal digits"),
            Word.text(Holder.class, Holder::parse, "`device:`, `operator:` or `ca:` and a name"),
            Word.text(Instant.class, Words::instant, "date-time", "UTC"),
            Word.text(Duration.class, Words::duration, "duration", "ISO 8601, as in `PT24H`"),
            Word.oneOf(Role.class, "what an operator may do"),
            Word.text(
                    BatchName.class,
                    BatchName::new,
                    "1 to 24 letters, digits and . _ -, beginning with a letter or digit"),
            Word.text(BundleName.class, BundleName::new, "32 hexadecimal digits"),
            Word.oneOf(Batch.State.class, "only an open batch begins units"),
            Word.oneOf(UnitState.class, "how far a unit is"),
            Word.oneOf(KeyOrigin.class, "where keys are born"),
            Word.oneOf(Protection.class, "what an injected key is wrapped for"),
            Word.oneOf(Patience.Unverified.class, "what happens to units that are not verified in time"),
            Word.oneOf(Closing.Rest.class, "`none`: there must be none; `scrapped`: they are scrapped"),
            Word.oneOf(RevocationReason.class, "RFC 5280, 5.3.1"),
            Word.text(PlanId.class, PlanId::new, "16 hexadecimal digits"),
            Word.text(PullId.class, PullId::new, "16 hexadecimal digits"),
            Word.text(ApprovalId.class, ApprovalId::new, "16 hexadecimal digits"),
            Word.text(Remark.class, Remark::new, "1 to 200 printable characters"),
            Word.oneOf(ApprovalView.Kind.class, "what waits for an operator's word"),
            Word.oneOf(Purpose.class, "a first certificate, or another one in place of the one it shows"),
            Word.oneOf(KeyAlgorithm.class, "a kind of key"),
            Word.oneOf(Treatment.Kind.class, "a hold can be taken back until it becomes final"),
            Word.oneOf(Plan.State.class, "from a draft to what is done"),
            Word.oneOf(Selection.Listed.class, "what is named one by one as well"),
            Word.oneOf(Device.State.class, "only an active device enrols"),
            Word.oneOf(IssuerRecord.State.class, "only an active issuer signs; one that is published is handed out"),
            Word.oneOf(KeyKind.class, "what keys of the CA's own are for"),
            Word.oneOf(HorizonAlarm.class, "how long before a chain stops working"),
            Word.oneOf(Finding.State.class, "a warning works now and will not for ever; a fault does not work"),
            Word.number(PageLimit.class, PageLimit::parse, "1 to 1000; 100 if not given"),
            Word.number(Long.class, Words::whole, "0 or more"));

    private Words() {}

    static Optional<Word<?>> find(Class<?> type) {
        return ALL.stream().filter(word -> word.type().equals(type)).findFirst();
    }

    /** @throws IllegalArgumentException if the API has no such word */
    static <T> Word<T> of(Class<T> type) {
        for (Word<?> word : ALL) {
            if (word.type().equals(type)) {
                @SuppressWarnings("unchecked") // a word makes what its type says
                Word<T> found = (Word<T>) word;
                return found;
            }
        }
        throw new IllegalArgumentException(type + " is not a word of the API");
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is not a time such as 2026-11-21T08:00:00Z", e);
        }
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is not a duration such as PT24H or P7D", e);
        }
    }

    private static Long whole(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("is not a whole number of 1 to 18 digits");
        }
        return Long.valueOf(text);
    }
}
