package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.RequestId;
import java.util.List;
import java.util.Optional;

/**
 * What a request brings to show who it is from; nothing of it checked but that the TLS client has the key of the first
 * certificate.
 *
 * @param clientChain the TLS client's certificates, its own first; empty if it sent none
 * @param password from HTTP Basic
 * @param source the remote address, for rate limits
 */
public record PresentedIdentity(
        List<CertificateDer> clientChain, Optional<BasicPassword> password, String source, RequestId request) {
    public PresentedIdentity {
        clientChain = List.copyOf(clientChain);
    }
}
