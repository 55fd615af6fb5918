package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.approval.EvidenceArchive;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Key attestation that came with devices' requests. */
final class EvidenceOperations {
    private static final int MOST_SHOWN = 100;

    private final EvidenceArchive archive;

    EvidenceOperations(EvidenceArchive archive) {
        this.archive = archive;
    }

    /**
     * As the API shows it.
     *
     * @param key the SHA-256 of the key it is about
     * @param value of id-aa-attestation, in DER, in base64
     */
    record EvidenceView(DeviceId device, Sha256 key, Instant receivedAt, Sha256 sha256, String value) {
        static EvidenceView of(EvidenceArchive.Kept kept) {
            return new EvidenceView(
                    kept.device(),
                    kept.keyHash(),
                    kept.receivedAt(),
                    kept.evidence().hash(),
                    Base64.getEncoder().encodeToString(kept.evidence().octets()));
        }
    }

    List<Operation> all() {
        return List.of(Operation.get("devices", "/api/v1/devices/{id}/evidence")
                .called(
                        "listEvidence",
                        "Lists the key attestation that came with a device's requests, the newest first, at most 100."
                                + " It was not verified.")
                .with(Parameter.path("id", DeviceId.class, "the device"))
                .adminAnd(Role.OPERATOR, Role.AUDITOR)
                .answers(Reply.json("Evidence.", Page.class, EvidenceView.class), this::list));
    }

    private Result list(Call call) {
        List<EvidenceView> found = archive.of(call.path("id", DeviceId.class), MOST_SHOWN).stream()
                .map(EvidenceView::of)
                .toList();
        return new Result.Done(new Page<>(found, Optional.empty()));
    }
}
