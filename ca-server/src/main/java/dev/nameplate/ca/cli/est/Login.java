package dev.nameplate.ca.cli.est;

import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.DigestChallenge;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;

/** Answers a 401: by Digest, the strongest that is offered, so that the password stays here; else by Basic. */
final class Login {
    private static final int NONCE_OCTETS = 24;

    private final BasicCredentials who;
    private final SecureRandom random;

    Login(BasicCredentials who, SecureRandom random) {
        this.who = who;
        this.random = random;
    }

    /** The Authorization header; a secret. */
    String answerTo(HttpResponse<?> challenged) {
        Optional<DigestChallenge> digest = challenged.headers().allValues("WWW-Authenticate").stream()
                .flatMap(header -> DigestChallenge.parse(header).stream())
                .min(Comparator.comparing(DigestChallenge::hash));
        byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(nonce);
        return digest.map(challenge -> challenge.answer(
                        who,
                        challenged.request().method(),
                        challenged.uri().getRawPath(),
                        Base64.getEncoder().encodeToString(nonce)))
                .orElseGet(who::toHeader);
    }
}
