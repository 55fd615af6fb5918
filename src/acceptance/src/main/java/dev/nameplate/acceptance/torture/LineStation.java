package dev.nameplate.acceptance.torture;

import dev.nameplate.acceptance.Identity;
import dev.nameplate.acceptance.ProductHome;
import dev.nameplate.acceptance.Tls;
import dev.nameplate.est.CsrBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x500.X500Name;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One station of a line where much goes wrong. What it has to remember is the unit's key, as the unit does. */
final class LineStation {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int PAUSE_MILLIS = 100;
    private static final int MOST_NEW_KEYS = 3;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI door;
    private final HttpClient client;
    private final Work work;
    private final Random random;

    LineStation(ProductHome home, Path identity, Work work, Random random) {
        this.door = home.operatorDoor();
        this.client = Tls.client(home.trust(), Optional.of(Identity.read(identity)));
        this.work = work;
        this.random = random;
    }

    /** The power went: what was being done is begun again. */
    private static final class PowerCutException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    void run() {
        try (client) {
            for (Optional<String> unit = work.nextUnit(); unit.isPresent(); unit = work.nextUnit()) {
                make(unit.get());
            }
        }
    }

    private void make(String unit) {
        KeyPair key = freshKey();
        int newKeys = 0;
        boolean reworked = false;
        for (boolean done = false; !done; ) {
            try {
                String serial = certified(unit, key);
                if (chance(2)) {
                    post(unit, "scrap", Map.of("reason", "a dent"));
                    work.scrapped(unit);
                } else if (!reworked && chance(2)) {
                    reworked = true;
                    post(unit, "rework", Map.of("reason", "solder"));
                    key = freshKey();
                    newKeys = 0;
                    continue;
                } else {
                    work.verified(unit, serial);
                }
                done = true;
            } catch (PowerCutException e) {
                String state = state(unit);
                if (state.equals("scrapped")) {
                    work.scrapped(unit);
                    done = true;
                } else if (state.equals("rework")) {
                    key = freshKey();
                    newKeys = 0;
                } else if (!state.equals("verified") && newKeys < MOST_NEW_KEYS && chance(30)) {
                    key = freshKey();
                    newKeys++;
                }
            }
        }
    }

    /** As the CA knows it; the reply to what came last may be lost. */
    private String state(String unit) {
        HttpResponse<byte[]> answer = insist(request(unit, "").GET());
        return answer.statusCode() == 200
                ? JSON.readTree(answer.body()).path("state").asString("")
                : "";
    }

    private String certified(String unit, KeyPair key) throws PowerCutException {
        String csr = Base64.getEncoder()
                .encodeToString(CsrBuilder.forKey(key)
                        .subject(new X500Name("CN=" + unit))
                        .build()
                        .der());
        JsonNode issued = post(unit, "certificate", Map.of("csr", csr));
        String serial = issued.path("serial").asString("");
        post(unit, "progress", Map.of("reached", "delivered", "serial", serial));
        post(unit, "progress", Map.of("reached", "written", "serial", serial));
        byte[] toSign = Base64.getDecoder().decode(issued.path("toSign").asString(""));
        String signature = Base64.getEncoder().encodeToString(signed(key, toSign));
        post(unit, "proof", Map.of("serial", serial, "signature", signature));
        return serial;
    }

    /** Now and then twice, and now and then the power goes before or after the answer. */
    private JsonNode post(String unit, String step, Map<String, String> body) throws PowerCutException {
        HttpRequest.Builder request = request(unit, "/" + step)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        if (chance(3)) {
            throw new PowerCutException();
        }
        HttpResponse<byte[]> answer = insist(request);
        if (chance(3)) {
            throw new PowerCutException();
        }
        if (chance(5)) {
            HttpResponse<byte[]> again = insist(request);
            if (again.statusCode() != answer.statusCode() || !Arrays.equals(again.body(), answer.body())) {
                work.fault(unit + ": the same " + step + " twice was answered in two ways: "
                        + new String(answer.body(), StandardCharsets.UTF_8) + " and "
                        + new String(again.body(), StandardCharsets.UTF_8));
            }
        }
        if (answer.statusCode() != 200) {
            throw new AssertionError(unit + " " + step + ": " + answer.statusCode() + " "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return JSON.readTree(answer.body());
    }

    /** Until there is an answer that is one. */
    private HttpResponse<byte[]> insist(HttpRequest.Builder request) {
        while (true) {
            try {
                HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
                if (answer.statusCode() < 500) {
                    return answer;
                }
            } catch (IOException serverIsAway) {
                assert serverIsAway.getMessage() == null
                        || !serverIsAway.getMessage().isEmpty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS))
                    .join();
        }
    }

    private HttpRequest.Builder request(String unit, String step) {
        return HttpRequest.newBuilder(door.resolve("/api/v1/batches/" + work.batch() + "/units/" + unit + step))
                .timeout(ANSWER);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private static byte[] signed(KeyPair key, byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair freshKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
