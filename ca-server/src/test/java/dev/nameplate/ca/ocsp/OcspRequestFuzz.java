package dev.nameplate.ca.ocsp;

import java.io.IOException;
import java.util.OptionalInt;
import org.bouncycastle.cert.ocsp.OCSPReq;

/** A body is an OCSP request, or malformed; in what is taken for one Bouncy Castle, if it reads it, finds as many ids. */
public final class OcspRequestFuzz {
    private OcspRequestFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            int ids = OcspRequest.parse(input).ids().size();
            OptionalInt others = idsForBouncyCastle(input);
            if (others.isPresent() && others.getAsInt() != ids) {
                throw new AssertionError(ids + " ids, and " + others.getAsInt() + " for Bouncy Castle");
            }
        } catch (MalformedOcspRequestException _) {
            // the one way to say no
        }
    }

    /** It looks into what is ignored here, as who asks. */
    private static OptionalInt idsForBouncyCastle(byte[] input) {
        try {
            return OptionalInt.of(new OCSPReq(input).getRequestList().length);
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException _) {
            return OptionalInt.empty();
        }
    }
}
