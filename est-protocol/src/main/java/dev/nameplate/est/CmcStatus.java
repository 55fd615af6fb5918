package dev.nameplate.est;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTF8String;

/**
 * What became of some parts of a request (CMCStatusInfo and CMCStatusInfoV2, RFC 5272, 6.1).
 *
 * @param status by its name there
 * @param parts 0 is the whole request
 * @param failure the CMCFailInfo by its name, where there is one
 * @param text empty if the server says none
 */
public record CmcStatus(String status, List<Long> parts, Optional<String> failure, String text) {
    private static final int MAX_PARTS = 64;
    private static final int MAX_TEXT = 400;
    private static final String SUCCESS = "success";
    private static final String PENDING = "pending";
    private static final Map<Long, String> STATUSES = Map.of(
            0L,
            SUCCESS,
            2L,
            "failed",
            3L,
            PENDING,
            4L,
            "noSupport",
            5L,
            "confirmRequired",
            6L,
            "popRequired",
            7L,
            "partial");
    private static final List<String> FAILURES = List.of(
            "badAlg",
            "badMessageCheck",
            "badRequest",
            "badTime",
            "badCertId",
            "unsupportedExt",
            "mustArchiveKeys",
            "badIdentity",
            "popRequired",
            "popFailed",
            "noKeyReuse",
            "internalCAError",
            "tryLater",
            "authDataFail");

    public CmcStatus {
        parts = List.copyOf(parts);
    }

    /** Both versions begin alike; of what else may be said, only a failure's number is read. */
    static CmcStatus of(ASN1Encodable value) {
        ASN1Sequence fields = Asn1.sequence(value, 2, 4, "CMC status");
        long number = ASN1Integer.getInstance(fields.getObjectAt(0)).longValueExact();
        List<Long> parts = new ArrayList<>();
        for (ASN1Encodable part : Asn1.sequence(fields.getObjectAt(1), 0, MAX_PARTS, "bodyList")) {
            parts.add(ASN1Integer.getInstance(part).longValueExact());
        }
        String text = "";
        Optional<String> failure = Optional.empty();
        for (int i = 2; i < fields.size(); i++) {
            if (fields.getObjectAt(i) instanceof ASN1UTF8String said) {
                text = oneLine(said.getString());
            } else if (fields.getObjectAt(i) instanceof ASN1Integer info) {
                failure = Optional.of(failure(info.longValueExact()));
            }
        }
        return new CmcStatus(STATUSES.getOrDefault(number, "status " + number), parts, failure, text);
    }

    public boolean isSuccess() {
        return status.equals(SUCCESS);
    }

    public boolean isPending() {
        return status.equals(PENDING);
    }

    /** As in {@code badIdentity: the name is another device's}. */
    @Override
    public String toString() {
        return failure.orElse(status) + (text.isEmpty() ? "" : ": " + text);
    }

    private static String failure(long number) {
        return number >= 0 && number < FAILURES.size() ? FAILURES.get((int) number) : "failInfo " + number;
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\p{IsControl}+", " ");
        return line.length() > MAX_TEXT ? line.substring(0, MAX_TEXT) + "..." : line;
    }
}
