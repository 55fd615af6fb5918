package dev.nameplate.est;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The answer to serverkeygen (RFC 7030, 4.4.2): a multipart/mixed of the private key and its certificate, in that order, each
 * base64 in lines.
 *
 * @param boundary hexadecimal digits, which need no quotes
 * @param body may hold a private key in the clear: for the caller to overwrite once it is sent
 */
public record ServerKeyAnswer(String boundary, byte[] body) {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\r\n".getBytes(StandardCharsets.US_ASCII));
    private static final int BOUNDARY_OCTETS = 24;

    /** @param pkcs8 in DER; belongs to the caller. No copy of it is left but in the body */
    public static ServerKeyAnswer inTheClear(byte[] pkcs8, byte[] certsOnly, SecureRandom random) {
        return of(EstMediaTypes.PKCS8, pkcs8, certsOnly, random);
    }

    /** @param sealed what {@link SealedKey} made */
    public static ServerKeyAnswer sealed(byte[] sealed, byte[] certsOnly, SecureRandom random) {
        return of(EstMediaTypes.SERVER_GENERATED_KEY, sealed, certsOnly, random);
    }

    public String contentType() {
        return EstMediaTypes.MULTIPART + boundary;
    }

    private static ServerKeyAnswer of(String keyType, byte[] key, byte[] certsOnly, SecureRandom random) {
        byte[] octets = new byte[BOUNDARY_OCTETS];
        random.nextBytes(octets);
        String boundary = HexFormat.of().formatHex(octets);
        byte[] keyText = LINES.encode(key);
        byte[] certificateText = LINES.encode(certsOnly);
        byte[] beforeKey = ascii("--" + boundary + "\r\n" + head(keyType));
        byte[] between = ascii("\r\n--" + boundary + "\r\n" + head(EstMediaTypes.CERTS_ONLY));
        byte[] end = ascii("\r\n--" + boundary + "--\r\n");
        ByteBuffer body = ByteBuffer.allocate(
                beforeKey.length + keyText.length + between.length + certificateText.length + end.length);
        body.put(beforeKey).put(keyText).put(between).put(certificateText).put(end);
        Arrays.fill(keyText, (byte) 0);
        return new ServerKeyAnswer(boundary, body.array());
    }

    private static String head(String contentType) {
        return "Content-Type: " + contentType + "\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
