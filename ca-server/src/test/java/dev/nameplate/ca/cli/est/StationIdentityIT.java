package dev.nameplate.ca.cli.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.StationPlace;
import dev.nameplate.ca.cli.tls.PemFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stations enrol and renew, and are cut off in the middle. */
final class StationIdentityIT {
    private static final String CODE = "a-code";

    @TempDir
    private Path home = Path.of("");

    /** The operation that is answered by 503, if there is one. */
    private final AtomicReference<String> away = new AtomicReference<>("");

    private final EstStub server = new EstStub(exchange -> {
        boolean no = exchange.getRequestURI().getPath().endsWith("/" + away.get());
        if (no) {
            EstStub.answer(exchange, 503);
        }
        return no;
    });

    StationIdentityIT() throws IOException {}

    @BeforeEach
    void trust() throws IOException {
        Files.writeString(home.resolve("ca.pem"), PemFiles.pem(server.ca().root()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void enrolsWithTheKeyItHasSinceItWasCutOff() throws IOException {
        away.set("cacerts");
        assertThatThrownBy(() -> station().enrol(place(), CODE)).isInstanceOf(CommandFailedException.class);
        byte[] made = key("line-1.key");
        away.set("");

        station().enrol(place(), CODE);

        assertThat(key("line-1.pem")).isEqualTo(made).isEqualTo(certified());
    }

    @Test
    void enrolsAgainWithAnotherKey() throws IOException {
        station().enrol(place(), CODE);
        byte[] before = certified();

        station().enrol(place(), CODE);

        assertThat(certified()).isEqualTo(key("line-1.pem")).isNotEqualTo(before);
    }

    @Test
    void renewsWithTheKeyItHasSinceItWasCutOff() throws IOException {
        station().enrol(place(), CODE);
        byte[] before = Files.readAllBytes(file("line-1.pem"));
        away.set("cacerts");
        assertThatThrownBy(() -> station().renew(place())).isInstanceOf(CommandFailedException.class);
        byte[] made = key("line-1.next.key");
        assertThat(Files.readAllBytes(file("line-1.pem"))).isEqualTo(before);
        away.set("");

        station().renew(place());

        assertThat(key("line-1.pem")).isEqualTo(made).isEqualTo(certified());
        assertThat(file("line-1.next.key")).doesNotExist();
    }

    @Test
    void renewsWithAnotherKeyWhereTheLastTimeWasCutOffAtItsEnd() throws IOException {
        station().enrol(place(), CODE);
        byte[] before = certified();
        Files.writeString(
                file("line-1.next.key"),
                PemFiles.pkcs8(PemFiles.keyPair(file("line-1.pem")).getPrivate()));

        station().renew(place());

        assertThat(certified()).isEqualTo(key("line-1.pem")).isNotEqualTo(before);
        assertThat(file("line-1.next.key")).doesNotExist();
    }

    private StationIdentity station() {
        return new StationIdentity(home, "line-1", home.resolve("ca.pem"), InstantSource.system());
    }

    private StationPlace place() {
        return new StationPlace(URI.create(server.url()), Optional.empty());
    }

    private byte[] certified() throws IOException {
        return station().certificate().getSubjectPublicKeyInfo().getEncoded();
    }

    private byte[] key(String name) {
        return PemFiles.keyPair(file(name)).getPublic().getEncoded();
    }

    private Path file(String name) {
        return home.resolve("operators").resolve(name);
    }
}
