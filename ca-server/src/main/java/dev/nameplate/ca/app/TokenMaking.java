package dev.nameplate.ca.app;

import dev.nameplate.ca.config.Home;
import dev.nameplate.hsm.Secret;
import dev.nameplate.hsm.TokenExistsException;
import dev.nameplate.hsm.pkcs11.TokenSetup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A token of one's own for a new home, with PINs that nobody chose. */
final class TokenMaking {
    private static final int PIN_OCTETS = 12;

    private final Home home;
    private final SecureRandom random;

    TokenMaking(Home home, SecureRandom random) {
        this.home = home;
        this.random = random;
    }

    /**
     * Makes the token, or leaves it as it is if an earlier run made it. The PINs are on disk before the token has them.
     *
     * @return the file of the user PIN
     * @throws TokenExistsException if a token has this label and this home does not know its PIN
     */
    Path make(Path module, String label) {
        Path userPin = home.secrets().resolve("token.pin");
        Path officerPin = home.secrets().resolve("token.so-pin");
        boolean begunBefore = Files.exists(userPin);
        writePin(officerPin);
        writePin(userPin);
        try (Secret officer = Secret.read(officerPin);
                Secret user = Secret.read(userPin)) {
            TokenSetup.initialise(module, label, officer, user);
        } catch (TokenExistsException e) {
            if (!begunBefore) {
                throw e;
            }
        }
        return userPin;
    }

    private void writePin(Path file) {
        if (!Files.exists(file)) {
            byte[] octets = new byte[PIN_OCTETS];
            random.nextBytes(octets);
            Home.writeClosed(file, (HexFormat.of().formatHex(octets) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
