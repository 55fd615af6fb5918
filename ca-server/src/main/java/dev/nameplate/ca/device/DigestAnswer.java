package dev.nameplate.ca.device;

/**
 * An answer to a challenge of HTTP Digest (RFC 7616), as it came; nothing of it checked but its form.
 *
 * @param request what was asked for, which the answer has to be about
 * @param response 32 octets
 */
public record DigestAnswer(String user, String realm, Nonce nonce, Target request, byte[] response) {
    /**
     * @param count as it was written, {@code 00000001} for the first use of the server's nonce
     * @param ofClient what the client added
     */
    public record Nonce(String ofServer, String count, String ofClient) {}

    /**
     * @param claimed the URI that the answer says it is about
     * @param asked the one that was asked for
     */
    public record Target(String method, String claimed, String asked) {}

    public DigestAnswer {
        response = response.clone();
    }

    @Override
    public byte[] response() {
        return response.clone();
    }

    @Override
    public String toString() {
        return "DigestAnswer[user=" + user + "]";
    }
}
