package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.RequestId;
import dev.nameplate.ca.pki.SessionBinding;
import java.util.List;
import java.util.Optional;

/**
 * What a request brings to show who it is from; nothing of it checked but that the TLS client has the key of the first
 * certificate.
 *
 * @param clientChain the TLS client's certificates, its own first; empty if it sent none
 * @param password from HTTP Basic
 * @param digest from HTTP Digest
 * @param source the remote address, for rate limits
 * @param session what ties a request to the TLS session it came in
 */
public record PresentedIdentity(
        List<CertificateDer> clientChain,
        Optional<BasicPassword> password,
        Optional<DigestAnswer> digest,
        String source,
        RequestId request,
        SessionBinding session) {
    private static final SessionBinding UNBOUND = new SessionBinding.Unknown("it did not come in a TLS session");

    public PresentedIdentity {
        clientChain = List.copyOf(clientChain);
    }

    /** Without an answer to a challenge. */
    public PresentedIdentity(
            List<CertificateDer> clientChain,
            Optional<BasicPassword> password,
            String source,
            RequestId request,
            SessionBinding session) {
        this(clientChain, password, Optional.empty(), source, request, session);
    }

    /** Of no particular session. */
    public PresentedIdentity(
            List<CertificateDer> clientChain, Optional<BasicPassword> password, String source, RequestId request) {
        this(clientChain, password, source, request, UNBOUND);
    }
}
