package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.authority.Authorities;
import dev.nameplate.ca.crl.CrlEvents;
import dev.nameplate.ca.crl.CrlPlan;
import dev.nameplate.ca.crl.CrlPublisher;
import dev.nameplate.ca.crl.CrlState;
import dev.nameplate.ca.crl.PublicDirectory;
import dev.nameplate.ca.crl.PublishedCrl;
import dev.nameplate.ca.lint.CrlLinter;
import dev.nameplate.ca.testkit.MemoryCrls;
import dev.nameplate.ca.testkit.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A publisher that looks whenever it is called, and publishes before it returns. */
final class CrlRig {
    private CrlRig() {}

    static CrlPublisher of(MemoryStore store, Authorities authorities) {
        try {
            AtomicReference<CrlPublisher> made = new AtomicReference<>();
            var publisher = new CrlPublisher(
                    new CrlPlan(authorities, Map.of(), List::of),
                    new MemoryCrls(store).records(),
                    new PublicDirectory(Files.createTempDirectory("public")),
                    new CrlLinter(),
                    InstantSource.system(),
                    new CrlPublisher.Surroundings(
                            Runnable::run, () -> look(made.get()), new Silence(), "test", System::nanoTime));
            publisher.look();
            publisher.look();
            made.set(publisher);
            return publisher;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void look(CrlPublisher publisher) {
        if (publisher != null) {
            publisher.look();
        }
    }

    private static final class Silence implements CrlEvents {
        @Override
        public void published(PublishedCrl crl, Duration took) {
            // nobody listens
        }

        @Override
        public void failed(String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void looked(List<CrlState> states) {
            // nobody listens
        }
    }
}
