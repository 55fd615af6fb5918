package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.factory.Handover;
import dev.nameplate.ca.pki.BatchName;
import java.util.Base64;

/**
 * A station's key-encryption key for a batch. The same call again is answered the same.
 *
 * @param recipientInfo base64 of a CMS RecipientInfo in DER (RFC 5652, 6.2)
 * @param checkValue the first three octets of a block of zeros encrypted with it, in hexadecimal
 * @param insideToken whether its value was never outside the token but encrypted
 */
record HandedKek(BatchName batch, String recipientInfo, String checkValue, Boolean insideToken) {
    static HandedKek of(Handover handover) {
        return new HandedKek(
                handover.batch(),
                Base64.getEncoder()
                        .encodeToString(handover.kek().recipientInfo().octets()),
                handover.kek().checkValue(),
                handover.kek().insideToken());
    }
}
