package dev.nameplate.ca.adoption;

import dev.nameplate.ca.revocation.Ground;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Standing;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The reasons of a revocation as other CAs write them: by name in any spelling, or by the code of RFC 5280, 5.3.1. */
final class PastStanding {
    private PastStanding() {}

    static Standing revoked(Instant at, RevocationReason reason, Optional<Instant> invalidityDate) {
        return reason == RevocationReason.CERTIFICATE_HOLD
                ? new Standing.Held(at, Optional.empty(), Set.of(Ground.ITSELF))
                : new Standing.Revoked(at, reason, invalidityDate);
    }

    /** @throws IllegalArgumentException naming what is wrong */
    static RevocationReason reason(String text) {
        String word = plain(text);
        if (word.isEmpty() || word.equals("-1") || word.equals("null")) {
            return RevocationReason.UNSPECIFIED;
        }
        if (word.chars().allMatch(Character::isDigit)) {
            return RevocationReason.ofCode(Integer.parseInt(word));
        }
        return switch (word) {
            case "holdinstruction" -> RevocationReason.CERTIFICATE_HOLD;
            case "keytime" -> RevocationReason.KEY_COMPROMISE;
            case "cakeytime" -> RevocationReason.CA_COMPROMISE;
            default ->
                Arrays.stream(RevocationReason.values())
                        .filter(reason -> plain(reason.toString()).equals(word))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no revocation reason is called " + text));
        };
    }

    private static String plain(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return word.equals("-1") ? word : word.replaceAll("[-_ ]", "");
    }
}
