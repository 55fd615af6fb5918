package dev.nameplate.ca.cli.est;

import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.CmcQuery;
import dev.nameplate.est.CmcReply;
import dev.nameplate.est.CsrAttributes;
import dev.nameplate.est.DeliveredKey;
import dev.nameplate.est.EstAnswers;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.EstMediaTypes;
import dev.nameplate.est.EstOperation;
import dev.nameplate.est.MalformedMessageException;
import dev.nameplate.est.MessageSigner;
import dev.nameplate.est.Pkcs10;
import dev.nameplate.est.RetryAfter;
import dev.nameplate.est.Wrapping;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.bouncycastle.cert.X509CertificateHolder;

/** A client for any EST server (RFC 7030): one HTTPS exchange per call, nothing kept between them. */
public final class EstClient implements AutoCloseable {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIME = Duration.ofSeconds(60);
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;
    private static final int MAX_TEXT = 400;
    private static final int OK = 200;
    private static final Set<Integer> LATER = Set.of(202, 429, 503);
    private static final int NO_CONTENT = 204;
    private static final int UNAUTHORIZED = 401;
    private static final int MOST_REDIRECTS = 3;

    private final URI base;
    private final HttpClient http;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Speaks to one server.
     *
     * @param server as in {@code https://ca.example:8443}
     * @param label the path segment, if any
     */
    public EstClient(URI server, Optional<String> label, SSLContext tls, InstantSource clock) {
        String path = "/.well-known/est/" + label.map(segment -> segment + "/").orElse("");
        this.base = server.resolve(path);
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIME)
                .build();
    }

    /** GET /cacerts (RFC 7030, 4.1). */
    public EstAnswer<List<X509CertificateHolder>> caCerts() throws IOException {
        return answer(send(request(EstOperation.CACERTS).GET()), EstAnswers::certificates);
    }

    /** POST /simpleenroll (RFC 7030, 4.2.1). */
    public EstAnswer<List<X509CertificateHolder>> enroll(Pkcs10 csr, Optional<BasicCredentials> credentials)
            throws IOException {
        return enrolment(EstOperation.SIMPLEENROLL, csr, credentials);
    }

    /** POST /simplereenroll (RFC 7030, 4.2.2), with the certificate of the TLS session. */
    public EstAnswer<List<X509CertificateHolder>> reenroll(Pkcs10 csr) throws IOException {
        return enrolment(EstOperation.SIMPLEREENROLL, csr, Optional.empty());
    }

    /** GET /csrattrs (RFC 7030, 4.5); empty if the server asks for nothing (RFC 8951, 4). */
    public EstAnswer<CsrAttributes> csrAttributes() throws IOException {
        HttpResponse<byte[]> response = send(request(EstOperation.CSRATTRS).GET());
        return response.statusCode() == NO_CONTENT
                ? new EstAnswer.Given<>(new CsrAttributes(List.of(), Optional.empty(), List.of(), Optional.empty()))
                : answer(response, EstAnswers::csrAttributes);
    }

    /** POST /serverkeygen (RFC 7030, 4.4). */
    public EstAnswer<DeliveredKey> serverKeygen(Pkcs10 csr, Optional<BasicCredentials> credentials) throws IOException {
        return post(EstOperation.SERVERKEYGEN, csr, credentials, DeliveredKey::parse);
    }

    /** POST /fullcmc (RFC 7030, 4.3), with the certificate of the TLS session. What was not done is no reply, but why. */
    public EstAnswer<CmcReply> fullCmc(CmcQuery query, MessageSigner signer) throws IOException {
        byte[] body = EstBase64.encode(query.signed(signer), Wrapping.LINES_64);
        HttpResponse<byte[]> response = send(request(EstOperation.FULLCMC)
                .header("Content-Type", EstMediaTypes.CMC_REQUEST)
                .header("Content-Transfer-Encoding", "base64")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!EstMediaTypes.isPkcs7(type)) {
            return answer(response, (_, _) -> {
                throw new MalformedMessageException("its Content-Type is not application/pkcs7-mime");
            });
        }
        CmcReply reply = read(response, (_, message) -> CmcReply.parse(message));
        if (!reply.answers(query)) {
            throw new IOException("the server's answer is to another request: its transactionId or nonce is not ours");
        }
        return fate(response, reply);
    }

    /** The message tells what became of the request; a status of HTTP that is no success is no reason to believe it did well. */
    private EstAnswer<CmcReply> fate(HttpResponse<byte[]> response, CmcReply reply) {
        int status = response.statusCode();
        if (reply.isPending() || LATER.contains(status)) {
            return new EstAnswer.Later<>(status, retryAfter(response), reply.words());
        }
        return status == OK && reply.isSuccess()
                ? new EstAnswer.Given<>(reply)
                : new EstAnswer.Refused<>(status, reply.words());
    }

    /** GET /renewalinfo, of no RFC: when the certificate of the TLS session is to be renewed. */
    public EstAnswer<RenewalAdvice> renewalInfo() throws IOException {
        HttpResponse<byte[]> response = send(request(EstOperation.RENEWALINFO).GET());
        return answer(response, (_, body) -> RenewalAdvice.parse(body, retryAfter(response)));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private EstAnswer<List<X509CertificateHolder>> enrolment(
            EstOperation operation, Pkcs10 csr, Optional<BasicCredentials> credentials) throws IOException {
        return post(operation, csr, credentials, (type, body) -> List.of(EstAnswers.issued(type, body, key(csr))));
    }

    private <T> EstAnswer<T> post(
            EstOperation operation, Pkcs10 csr, Optional<BasicCredentials> credentials, Reading<T> reading)
            throws IOException {
        byte[] body = EstBase64.encode(csr.der(), Wrapping.LINES_64);
        HttpRequest.Builder request = request(operation)
                .header("Content-Type", EstMediaTypes.PKCS10)
                .header("Content-Transfer-Encoding", "base64")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        HttpResponse<byte[]> response = send(request);
        if (response.statusCode() == UNAUTHORIZED && credentials.isPresent()) {
            String answer = new Login(credentials.get(), random).answerTo(response);
            response = send(request.setHeader("Authorization", answer));
        }
        return answer(response, reading);
    }

    private HttpRequest.Builder request(EstOperation operation) {
        return HttpRequest.newBuilder(base.resolve(operation.segment())).timeout(ANSWER_TIME);
    }

    /** Follows redirects within the same origin, as it must, and no others (RFC 7030, 3.2.1). */
    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        HttpRequest next = request.build();
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpResponse<byte[]> response = exchange(next);
            Optional<URI> target = Redirects.within(base, response);
            if (target.isEmpty()) {
                return response;
            }
            next = HttpRequest.newBuilder(next, (_, _) -> true)
                    .uri(target.get())
                    .build();
        }
        throw new IOException("the server redirects more than " + MOST_REDIRECTS + " times");
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting for the server").initCause(e);
        }
    }

    private interface Reading<T> {
        T read(String contentType, byte[] body);
    }

    private <T> EstAnswer<T> answer(HttpResponse<byte[]> response, Reading<T> reading) throws IOException {
        return switch (response.statusCode()) {
            case 200 -> new EstAnswer.Given<>(read(response, reading));
            case 202, 429, 503 -> new EstAnswer.Later<>(response.statusCode(), retryAfter(response), text(response));
            default -> new EstAnswer.Refused<>(response.statusCode(), text(response));
        };
    }

    private Optional<Duration> retryAfter(HttpResponse<?> response) {
        return RetryAfter.parse(response.headers().firstValue("Retry-After").orElse(null), clock.instant());
    }

    private static <T> T read(HttpResponse<byte[]> response, Reading<T> reading) throws IOException {
        try {
            return reading.read(response.headers().firstValue("Content-Type").orElse(""), response.body());
        } catch (MalformedMessageException e) {
            throw new IOException("the server's answer is not EST: " + e.getMessage(), e);
        }
    }

    private static String text(HttpResponse<byte[]> response) {
        String text =
                new String(response.body(), StandardCharsets.UTF_8).strip().replaceAll("\\p{Cntrl}+", " ");
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
    }

    private static byte[] key(Pkcs10 csr) {
        try {
            return csr.publicKey().getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalArgumentException("public key cannot be encoded", e);
        }
    }
}
