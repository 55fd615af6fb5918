package dev.nameplate.ca.edge.distribution;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.pki.IssuerName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The public door: {@code /ca/ISSUER.cer} and {@code /ca/ISSUER.p7c}, and {@code /ocsp}. Everything else is not here, EST least of all (RFC
 * 7030, 3.3), and nothing is ever redirected.
 */
public final class Distribution extends Handler.Abstract.NonBlocking {
    private static final Pattern PATH = Pattern.compile("/ca/([a-z][a-z0-9-]{0,31})\\.(cer|p7c)");
    private static final String CACHE = "public, max-age=" + Duration.ofHours(1).toSeconds();
    private final CaCertificates certificates;

    private final OcspDoor ocsp;

    /** @param issuers all generations of all issuers and roots, from memory: asked on every request */
    public Distribution(Supplier<List<IssuerRecord>> issuers, OcspDoor ocsp) {
        this.certificates = new CaCertificates(issuers);
        this.ocsp = ocsp;
    }

    /** Whether the slashes of this path separate nothing, and it is nobody's but the handler's to decode. */
    public static boolean isOpaque(String path) {
        return OcspPath.isOne(path);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        if (path.startsWith(OcspPath.PREFIX) || path.equals(OcspPath.BARE)) {
            ocsp.handle(request, response, callback);
            return true;
        }
        Optional<PublicFile> file = find(path);
        if (file.isEmpty()) {
            tell(response, callback, HttpStatus.NOT_FOUND_404, "nothing is here: certificates are at /ca/ISSUER.cer");
        } else if (!reads(request)) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            tell(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "this is for GET and HEAD alone");
        } else {
            send(file.get(), request, response, callback);
        }
        return true;
    }

    private Optional<PublicFile> find(String path) {
        Matcher match = PATH.matcher(path);
        if (!match.matches()) {
            return Optional.empty();
        }
        var issuer = new IssuerName(match.group(1));
        return match.group(2).equals("cer") ? certificates.certificate(issuer) : certificates.bundle(issuer);
    }

    private static boolean reads(Request request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static void send(PublicFile file, Request request, Response response, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.ETAG, file.tag());
        headers.put(HttpHeader.LAST_MODIFIED, DateGenerator.formatDate(file.modified()));
        headers.put(HttpHeader.CACHE_CONTROL, CACHE);
        if (file.tag().equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            callback.succeeded();
        } else {
            write(response, callback, file.contentType(), file.content());
        }
    }

    private static void tell(Response response, Callback callback, int status, String text) {
        response.setStatus(status);
        write(response, callback, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Response response, Callback callback, String contentType, byte[] body) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
