package dev.nameplate.ca.edge.distribution;

import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /ca/ISSUER.cer}, {@code /ca/ISSUER/gN.cer} and {@code /ca/ISSUER.p7c}. */
final class CertificateSection implements Section {
    private static final Pattern PATH = Pattern.compile("/ca/([a-z][a-z0-9-]{0,31})\\.(cer|p7c)");
    private static final Pattern OF_GENERATION = Pattern.compile("/ca/([a-z][a-z0-9-]{0,31})/g([1-9][0-9]{0,5})\\.cer");
    private static final String CACHE = "public, max-age=" + Duration.ofHours(1).toSeconds();

    private final CaCertificates certificates;

    CertificateSection(CaCertificates certificates) {
        this.certificates = certificates;
    }

    @Override
    public void answer(String path, Request request, Response response, Callback callback) {
        Optional<PublicFile> file = find(path);
        if (file.isEmpty()) {
            Texts.notFound(response, callback, "nothing is here: certificates are at /ca/ISSUER.cer");
        } else if (!Texts.refusesWriting(request, response, callback)) {
            send(file.get(), request, response, callback);
        }
    }

    private Optional<PublicFile> find(String path) {
        Matcher one = OF_GENERATION.matcher(path);
        if (one.matches()) {
            return certificates.certificate(
                    new IssuerGeneration(new IssuerName(one.group(1)), Integer.parseInt(one.group(2))));
        }
        Matcher match = PATH.matcher(path);
        if (!match.matches()) {
            return Optional.empty();
        }
        var issuer = new IssuerName(match.group(1));
        return match.group(2).equals("cer") ? certificates.certificate(issuer) : certificates.bundle(issuer);
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
            headers.put(HttpHeader.CONTENT_TYPE, file.contentType());
            headers.put(HttpHeader.CONTENT_LENGTH, file.content().length);
            response.write(true, ByteBuffer.wrap(file.content()), callback);
        }
    }
}
