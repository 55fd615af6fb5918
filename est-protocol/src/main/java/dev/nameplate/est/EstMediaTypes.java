package dev.nameplate.est;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Media types of EST (RFC 7030, 3.2.4). What is sent is sent byte for byte like this: clients compare it as a string. */
public final class EstMediaTypes {
    /** Of every certificate answer: one space, no quotes, nothing after it. */
    public static final String CERTS_ONLY = "application/pkcs7-mime; smime-type=certs-only";

    public static final String PKCS10 = "application/pkcs10";
    public static final String CSR_ATTRIBUTES = "application/csrattrs";

    private static final MediaType PKCS10_TYPE = new MediaType("application", "pkcs10", Map.of());
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
}
