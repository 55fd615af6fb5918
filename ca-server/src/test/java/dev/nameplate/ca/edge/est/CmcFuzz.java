package dev.nameplate.ca.edge.est;

import dev.nameplate.ca.edge.http.Requests;
import dev.nameplate.ca.fuzz.Reading;
import dev.nameplate.est.CmcRequest;
import dev.nameplate.est.CmcRequest.Part;
import dev.nameplate.est.MalformedMessageException;

/** A message is a Full PKI Request, or malformed; all of one can be read. */
public final class CmcFuzz {
    private CmcFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            CmcRequest request = CmcRequest.parse(input);
            request.signatureIsValid();
            request.signer();
            request.echo();
            request.objection();
            request.parts().forEach(CmcFuzz::read);
        } catch (MalformedMessageException _) {
            // the one way to say no
        }
    }

    private static void read(Part part) {
        if (part instanceof Part.Certification certification) {
            Reading.whole(Requests.csr(certification.wanted()));
        }
    }
}
