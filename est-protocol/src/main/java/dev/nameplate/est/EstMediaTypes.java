package dev.nameplate.est;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Media types of EST (RFC 7030, 3.2.4). What is sent is sent byte for byte like this: clients compare it as a string. */
public final class EstMediaTypes {
    /** Of every certificate answer: one space, no quotes, nothing after it. */
    public static final String CERTS_ONLY = "application/pkcs7-mime; smime-type=certs-only";

    public static final String PKCS10 = "application/pkcs10";
    public static final String CSR_ATTRIBUTES = "application/csrattrs";

    /** Of the two parts of a serverkeygen answer, with the boundary appended (RFC 7030, 4.4.2). */
    public static final String MULTIPART = "multipart/mixed; boundary=";

    /** Of a key in the clear: PKCS#8 (RFC 8951, 3.2.4). */
    public static final String PKCS8 = "application/pkcs8";

    /** Of a key sealed for its client (RFC 7030, 4.4.2). */
    public static final String SERVER_GENERATED_KEY = "application/pkcs7-mime; smime-type=server-generated-key";

    public static final String CMC_REQUEST = "application/pkcs7-mime; smime-type=CMC-request";
    public static final String CMC_RESPONSE = "application/pkcs7-mime; smime-type=CMC-response";

    private static final String SMIME_TYPE = "smime-type";
    private static final MediaType PKCS10_TYPE = new MediaType("application", "pkcs10", Map.of());
    private static final MediaType CSR_ATTRIBUTES_TYPE = new MediaType("application", "csrattrs", Map.of());
    private static final MediaType PKCS7_TYPE = new MediaType("application", "pkcs7-mime", Map.of());

    private EstMediaTypes() {}

    /** Whether a Content-Type header, as received, announces a PKCS#10; case and parameters have no say. */
    public static boolean isPkcs10(@Nullable String contentType) {
        return MediaType.parse(contentType).filter(PKCS10_TYPE::sameEssence).isPresent();
    }

    /** Whether a Content-Type header, as received, announces CMS; smime-type is not insisted on, servers leave it out. */
    public static boolean isPkcs7(@Nullable String contentType) {
        return MediaType.parse(contentType).filter(PKCS7_TYPE::sameEssence).isPresent();
    }

    /** Whether a Content-Type header, as received, announces a Full PKI Request; the case of smime-type has no say. */
    public static boolean isCmcRequest(@Nullable String contentType) {
        return MediaType.parse(contentType)
                .filter(PKCS7_TYPE::sameEssence)
                .map(type -> type.parameters().getOrDefault(SMIME_TYPE, ""))
                .filter(type -> type.equalsIgnoreCase("CMC-request"))
                .isPresent();
    }

    /** Whether a Content-Type header, as received, announces what a server asks of requests. */
    public static boolean isCsrAttributes(@Nullable String contentType) {
        return MediaType.parse(contentType)
                .filter(CSR_ATTRIBUTES_TYPE::sameEssence)
                .isPresent();
    }
}
