package dev.nameplate.est;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/**
 * For the client: what a serverkeygen answer holds (RFC 7030, 4.4.2).
 *
 * @param key PKCS#8 in DER, or a CMS message, as it came; nothing of it is checked
 * @param sealed whether it is a CMS message
 */
public record DeliveredKey(byte[] key, boolean sealed, X509CertificateHolder certificate) {
    private static final int MAX_PARTS = 4;

    private record Part(@Nullable String contentType, byte[] content) {}

    /** @throws MalformedMessageException if there are not exactly a key and a certificate */
    public static DeliveredKey parse(@Nullable String contentType, byte[] body) {
        String boundary = MediaType.parse(contentType)
                .filter(type -> type.type().equals("multipart"))
                .flatMap(type -> Optional.ofNullable(type.parameters().get("boundary")))
                .orElseThrow(() -> new MalformedMessageException("the answer is no multipart/mixed with a boundary"));
        List<Part> parts = parts(new String(body, StandardCharsets.ISO_8859_1), boundary);
        if (parts.size() != 2) {
            throw new MalformedMessageException("the answer has " + parts.size() + " parts instead of two");
        }
        Part key = parts.stream()
                .filter(part -> !isCertificate(part))
                .findFirst()
                .orElseThrow(() -> new MalformedMessageException("the answer has no key"));
        Part certificate = parts.stream()
                .filter(DeliveredKey::isCertificate)
                .findFirst()
                .orElseThrow(() -> new MalformedMessageException("the answer has no certificate"));
        return new DeliveredKey(
                EstBase64.decode(key.content()).contentInPlace(),
                EstMediaTypes.isPkcs7(key.contentType()),
                EstAnswers.certificates(certificate.contentType(), certificate.content())
                        .getFirst());
    }

    private static boolean isCertificate(Part part) {
        return MediaType.parse(part.contentType())
                .map(type -> type.parameters().getOrDefault("smime-type", ""))
                .filter(type -> type.equalsIgnoreCase("certs-only"))
                .isPresent();
    }

    private static List<Part> parts(String text, String boundary) {
        List<Part> parts = new ArrayList<>();
        String[] pieces = ("\r\n" + text).split("\r?\n--" + java.util.regex.Pattern.quote(boundary), -1);
        for (int i = 1; i < pieces.length && !pieces[i].startsWith("--"); i++) {
            parts.add(part(pieces[i]));
            if (parts.size() > MAX_PARTS) {
                throw new MalformedMessageException("the answer has more than " + MAX_PARTS + " parts");
            }
        }
        return parts;
    }

    private static Part part(String piece) {
        String[] headAndBody = piece.split("\r?\n\r?\n", 2);
        if (headAndBody.length < 2) {
            throw new MalformedMessageException("a part of the answer has no body");
        }
        String contentType = headAndBody[0]
                .lines()
                .filter(line -> line.regionMatches(true, 0, "content-type:", 0, 13))
                .map(line -> line.substring(13).strip())
                .findFirst()
                .orElse(null);
        return new Part(contentType, headAndBody[1].getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "DeliveredKey[" + (sealed ? "sealed" : "in the clear") + ", " + certificate.getSubject() + "]";
    }
}
