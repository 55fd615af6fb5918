package dev.nameplate.acceptance;

import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.EstAnswers;
import dev.nameplate.est.EstBase64;
import dev.nameplate.est.Wrapping;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;

/** Devices that enrol, renew themselves and look whether a certificate is good, all the time; not one of them may be refused. */
final class RotationLoad implements AutoCloseable {
    private static final int UNKNOWN_OR_WORSE = 400;
    private static final int CLIENTS = 5;
    private static final int PAUSE_MILLIS = 250;

    /** Each unit is a process of its own. */
    private static final int PAUSE_OF_LINES_MILLIS = 4000;

    private final ProductHome home;
    private final Path trust;
    private final byte[] ocspRequest;
    private final OperatorApi api;
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();
    private final AtomicInteger devices = new AtomicInteger();
    private final List<Future<?>> running = new ArrayList<>();
    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
    private final Map<String, Work> works = new HashMap<>();

    /** @param trust what the devices have: the root of before */
    RotationLoad(ProductHome home, Path trust, byte[] ocspRequest) {
        this.home = home;
        this.trust = trust;
        this.ocspRequest = ocspRequest;
        this.api = home.operatorApi();
    }

    RotationLoad with(RotationLine line) {
        works.put("line", line::nextUnit);
        return this;
    }

    RotationLoad start() {
        works.forEach((what, work) -> steadily(what, work, PAUSE_OF_LINES_MILLIS));
        steadily("lives", this::live, PAUSE_MILLIS);
        steadily("lives", this::live, PAUSE_MILLIS);
        steadily("ocsp", this::askOcsp, PAUSE_MILLIS);
        steadily("cacerts", this::fetchCaCerts, PAUSE_MILLIS);
        return this;
    }

    /** What went wrong. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    int done(String what) {
        return done.getOrDefault(what, new AtomicInteger()).get();
    }

    @Override
    public void close() {
        running.forEach(each -> each.cancel(false));
        clients.close();
        api.close();
    }

    private void steadily(String what, Work work, int pauseMillis) {
        running.add(clients.scheduleWithFixedDelay(() -> once(what, work), 0, pauseMillis, TimeUnit.MILLISECONDS));
    }

    private void once(String what, Work work) {
        try {
            work.run();
            done.computeIfAbsent(what, _ -> new AtomicInteger()).incrementAndGet();
        } catch (IOException | AssertionError | RuntimeException e) {
            complaints.add(what + ": " + e);
        }
    }

    /** Enrols and renews itself twice, with a handshake each time. */
    private void live() throws IOException {
        String device = "load-" + devices.incrementAndGet();
        api.register(device);
        try (EstDoor door = new EstDoor(home.deviceDoor(), trust)) {
            KeyPair keys = Keys.p256();
            byte[] request = CsrBuilder.forKey(keys)
                    .subject(new X500Name("CN=" + device))
                    .build()
                    .der();
            X509CertificateHolder certificate =
                    issued(door.enrol(new BasicCredentials(device, api.code(device)), base64(request)), keys);
            for (int i = 0; i < 2; i++) {
                KeyPair next = Keys.p256();
                byte[] renewal =
                        CsrBuilder.forKey(next).renewalOf(certificate).build().der();
                certificate = issued(door.reenrol(Identity.of(keys.getPrivate(), certificate), base64(renewal)), next);
                keys = next;
            }
        }
    }

    private void askOcsp() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + home.ports().open() + "/ocsp"))
                .header("Content-Type", "application/ocsp-request")
                .POST(BodyPublishers.ofByteArray(ocspRequest))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() >= UNKNOWN_OR_WORSE || answer.body().length < 100) {
                throw new AssertionError(
                        "OCSP says " + answer.statusCode() + " in " + answer.body().length + " octets");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fetchCaCerts() throws IOException {
        try (EstDoor door = new EstDoor(home.deviceDoor(), trust)) {
            Answer answer = door.caCerts();
            if (answer.status() != 200) {
                throw new AssertionError("cacerts says " + answer);
            }
        }
    }

    private static X509CertificateHolder issued(Answer answer, KeyPair keys) {
        if (answer.status() != 200) {
            throw new AssertionError("a device was answered " + answer);
        }
        return EstAnswers.issued(
                answer.header("Content-Type").orElse(null),
                answer.body(),
                keys.getPublic().getEncoded());
    }

    private static byte[] base64(byte[] der) {
        return EstBase64.encode(der, Wrapping.LINES_64);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
