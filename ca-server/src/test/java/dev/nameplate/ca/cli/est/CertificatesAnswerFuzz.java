package dev.nameplate.ca.cli.est;

import dev.nameplate.est.CertsOnly;
import dev.nameplate.est.EstAnswers;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.MalformedMessageException;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;

/** What a server sends as certificates is some, or malformed; written again they are the same ones. */
public final class CertificatesAnswerFuzz {
    private CertificatesAnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            List<X509CertificateHolder> found = EstAnswers.certificates(EstMediaTypes.CERTS_ONLY, input);
            if (!Set.copyOf(CertsOnly.parse(CertsOnly.encode(found))).equals(Set.copyOf(found))) {
                throw new AssertionError("other certificates came back");
            }
        } catch (MalformedMessageException _) {
            // the one way to say no
        }
    }
}
