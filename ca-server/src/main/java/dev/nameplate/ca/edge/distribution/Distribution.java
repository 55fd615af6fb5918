package dev.nameplate.ca.edge.distribution;

import dev.nameplate.ca.authority.IssuerRecord;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The public door: CA certificates at {@code /ca/}, CRLs at {@code /crl/}, {@code /ocsp}. Everything else is not here, EST least of all (RFC
 * 7030, 3.3), and nothing is ever redirected.
 */
public final class Distribution extends Handler.Abstract.NonBlocking {
    private final Map<String, Section> sections;
    private final OcspDoor ocsp;

    /**
     * @param issuers all generations of all issuers and roots, from memory: asked on every request
     * @param published where CRLs are published
     */
    public Distribution(Supplier<List<IssuerRecord>> issuers, Path published, InstantSource clock, OcspDoor ocsp) {
        this.sections = Map.of(
                "ca", new CertificateSection(new CaCertificates(issuers)), //
                "crl", new CrlSection(new CrlFiles(issuers, published), clock));
        this.ocsp = ocsp;
    }

    /** Whether the slashes of this path separate nothing, and it is nobody's but the handler's to decode. */
    public static boolean isOpaque(String path) {
        return OcspPath.isOne(path);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        if (OcspDoor.isAt(path)) {
            ocsp.answer(path, request, response, callback);
            return true;
        }
        int end = path.indexOf('/', 1);
        Section section = end < 0 ? null : sections.get(path.substring(1, end));
        if (section == null) {
            Texts.notFound(
                    response,
                    callback,
                    "nothing is here: certificates are at /ca/ISSUER.cer, CRLs at /crl/ISSUER.crl, OCSP at /ocsp");
        } else {
            section.answer(path, request, response, callback);
        }
        return true;
    }
}
