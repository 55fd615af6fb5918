package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.FormerKek;
import dev.nameplate.ca.factory.Handover;
import dev.nameplate.ca.pki.BatchName;
import java.util.Base64;
import java.util.List;

/**
 * A station's key-encryption key for a batch. The same call again is answered the same, until the key is replaced.
 *
 * @param recipientInfo base64 of a CMS RecipientInfo in DER (RFC 5652, 6.2)
 * @param checkValue the first three octets of a block of zeros encrypted with it, in hexadecimal
 * @param insideToken whether its value was never outside the token but encrypted
 * @param number which of the keys of this batch and station, counted from 1
 * @param former those before it that units' keys may still be under, as {@code recipientInfo}
 */
record HandedKek(
        BatchName batch,
        String recipientInfo,
        String checkValue,
        Boolean insideToken,
        Long number,
        List<String> former) {
    static HandedKek of(Handover handover, List<FormerKek> former) {
        return new HandedKek(
                handover.batch(),
                base64(handover.kek()),
                handover.kek().checkValue(),
                handover.kek().insideToken(),
                (long) handover.kek().number(),
                former.stream().map(one -> base64(one.kek())).toList());
    }

    private static String base64(Handover.Kek kek) {
        return Base64.getEncoder().encodeToString(kek.recipientInfo().octets());
    }
}
