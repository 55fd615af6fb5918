package dev.nameplate.ca.edge.distribution;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ResourceService;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.VirtualThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /crl/}: the published files, with conditions and ranges, compressed for whoever accepts it. */
final class CrlSection implements Section {
    private static final Logger LOG = LoggerFactory.getLogger(CrlSection.class);

    /** A revocation has to be seen soon; to ask whether there is a newer CRL costs a cache little. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final CrlFiles files;
    private final InstantSource clock;
    private final ResourceService wholes = service();
    private final ResourceService parts = service();
    private final Executor virtualThreads = VirtualThreads.getDefaultVirtualThreadsExecutor();

    CrlSection(CrlFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
        wholes.setAcceptRanges(false);
    }

    /** Files are read on a thread that may be blocked. */
    @Override
    public void answer(String path, Request request, Response response, Callback callback) {
        virtualThreads.execute(() -> {
            try {
                serve(path, request, response, callback);
            } catch (IOException | RuntimeException e) {
                LOG.warn("a published CRL cannot be served, {}: {}", path, e.toString());
                Response.writeError(request, response, callback, HttpStatus.INTERNAL_SERVER_ERROR_500);
            }
        });
    }

    private void serve(String path, Request request, Response response, Callback callback) throws IOException {
        Optional<CrlForm> form = form(request);
        if (form.isEmpty() || !EntityTags.wellFormed(request.getHeaders())) {
            Texts.tell(
                    response,
                    callback,
                    HttpStatus.BAD_REQUEST_400,
                    form.isEmpty()
                            ? "Accept-Encoding is a list of codings, a q from 0 to 1 behind whichever has one"
                            : "If-Match and If-None-Match are lists of quoted tags");
            return;
        }
        Optional<CrlFile> found = files.open(path, form.get());
        if (found.isEmpty()) {
            Texts.notFound(response, callback, "no such CRL is published; an issuer's is at /crl/ISSUER.crl");
            return;
        }
        CrlFile file = found.get();
        Request.addCompletionListener(request, _ -> IO.close(file));
        if (!Texts.refusesWriting(request, response, callback)) {
            HttpFields.Mutable headers = response.getHeaders();
            headers.put(HttpHeader.CACHE_CONTROL, caching(file.header().nextUpdate()));
            headers.put(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
            service(request, file).doGet(request, response, callback, new CrlHttpContent(file));
        }
    }

    /** Nobody keeps a CRL beyond its nextUpdate; up to then an old one is better than none (RFC 5861, 4). */
    private String caching(Instant nextUpdate) {
        long left = Math.max(0, Duration.between(clock.instant(), nextUpdate).toSeconds());
        return "public, max-age=" + Math.min(left, FRESH.toSeconds()) + ", stale-if-error=" + left;
    }

    /** One range of this very file, or everything: nobody needs several ranges, and what goes with a part is the rest of it. */
    private ResourceService service(Request request, CrlFile file) {
        List<String> ranges = request.getHeaders().getValuesList(HttpHeader.RANGE);
        boolean several = ranges.size() > 1 || ranges.stream().anyMatch(range -> range.contains(","));
        String ifRange = request.getHeaders().get(HttpHeader.IF_RANGE);
        boolean ofAnother = ifRange != null && !ifRange.equals(file.tag());
        return several || ofAnother ? wholes : parts;
    }

    /** Nothing if what is accepted cannot be read. */
    private static Optional<CrlForm> form(Request request) {
        try {
            boolean accepted = request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING).stream()
                    .anyMatch("gzip"::equalsIgnoreCase);
            return Optional.of(accepted ? CrlForm.GZIP : CrlForm.PLAIN);
        } catch (HttpException.RuntimeException e) {
            LOG.debug("{}", e.getMessage());
            return Optional.empty();
        }
    }

    private static ResourceService service() {
        ResourceService service = new ResourceService();
        service.setEtags(true);
        service.setDirAllowed(false);
        return service;
    }
}
