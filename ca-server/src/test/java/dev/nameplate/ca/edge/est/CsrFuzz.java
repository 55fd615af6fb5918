package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.edge.http.Requests;
import dev.nameplate.ca.fuzz.Reading;
import dev.nameplate.est.EnrollRequest;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.est.Pkcs10;
import dev.nameplate.est.Wrapping;

/** A body is a certification request, or malformed; what is one is the same one after any way there and back. */
public final class CsrFuzz {
    private CsrFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Pkcs10 csr = EnrollRequest.parse(input).csr();
            readWhole(csr);
            requireSameAgain(csr);
        } catch (MalformedMessageException _) {
            // the one way to say no
        }
    }

    private static void readWhole(Pkcs10 csr) {
        Reading.whole(
                csr.signatureIsValid(),
                csr.subject(),
                csr.subjectAltNames(),
                csr.requestedExtensions(),
                csr.challengePassword(),
                csr.otpChallenge(),
                csr.revocationChallenge(),
                csr.estIdentityLinking(),
                csr.changeSubjectName(),
                csr,
                Requests.csr(csr));
    }

    private static void requireSameAgain(Pkcs10 csr) {
        for (Wrapping wrapping : Wrapping.values()) {
            Pkcs10 again =
                    EnrollRequest.parse(EstBase64.encode(csr.der(), wrapping)).csr();
            if (!again.equals(csr)) {
                throw new AssertionError("another request came back");
            }
        }
    }
}
