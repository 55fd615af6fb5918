package dev.nameplate.ca.edge.http;

import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Doors on free ports with limits small enough to be reached. */
public final class TestDoors {
    public static final int MAX_BODY = 64 * 1024;
    public static final Voice VOICE = new Voice(new Answers(new Random(1)), new PlainText());

    private TestDoors() {}

    public static DoorSettings settings(Duration arrival) {
        return new DoorSettings(
                "127.0.0.1",
                0,
                new RequestLimits(MAX_BODY, 8 * 1024, 2048, arrival),
                new ConnectionLimits(100, 20, 50, 4, Duration.ofSeconds(20)));
    }

    public static Door https(TestPki pki, TlsChoice library, Consumer<RoutesConfig> routes) {
        return https(settings(Duration.ofSeconds(20)), pki, library, routes);
    }

    public static Door https(DoorSettings settings, TestPki pki, TlsChoice library, Consumer<RoutesConfig> routes) {
        var tls = new DoorTls(TlsLibrary.of(library), pki.door(), List.of(pki.root()));
        return Door.https("test", settings, tls, VOICE, routes).open();
    }
}
