package dev.nameplate.ca.ocsp;

import dev.nameplate.ca.ocsp.OcspRequest.Nonce;
import java.util.HexFormat;
import java.util.Optional;

/** The extensions of a request, of which one is understood; the others are ignored unless they are critical (RFC 6960, 4.4). */
final class RequestExtensions {
    private static final byte[] NONCE = HexFormat.of().parseHex("2b0601050507300102");
    private static final int MOST = 8;

    private RequestExtensions() {}

    static Optional<Nonce> nonce(DerCursor explicit) {
        DerCursor list = explicit.next(DerCursor.SEQUENCE);
        explicit.requireEnd();
        Optional<Nonce> found = Optional.empty();
        for (int count = 0; !list.isAtEnd(); count++) {
            if (count == MOST) {
                throw new MalformedOcspRequestException("the request has more than " + MOST + " extensions");
            }
            Optional<Nonce> nonce = read(list.next(DerCursor.SEQUENCE));
            if (nonce.isPresent() && found.isPresent()) {
                throw new MalformedOcspRequestException("the request has two nonces");
            }
            found = nonce.isPresent() ? nonce : found;
        }
        return found;
    }

    private static Optional<Nonce> read(DerCursor extension) {
        DerCursor type = extension.next(DerCursor.OBJECT_IDENTIFIER);
        boolean critical = extension.nextIs(DerCursor.BOOLEAN)
                && extension.next(DerCursor.BOOLEAN).first() != 0;
        DerCursor value = extension.next(DerCursor.OCTET_STRING);
        extension.requireEnd();
        if (type.contains(NONCE)) {
            DerCursor nonce = value.next(DerCursor.OCTET_STRING);
            value.requireEnd();
            return Optional.of(new Nonce(nonce.rest()));
        }
        if (critical) {
            throw new MalformedOcspRequestException("the request has a critical extension that is not understood");
        }
        return Optional.empty();
    }
}
