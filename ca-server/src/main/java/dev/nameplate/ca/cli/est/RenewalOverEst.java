package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.StationPlace;
import dev.nameplate.ca.cli.StationRenewal;
import dev.nameplate.ca.cli.tls.WrongClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;

/** A station renews itself over EST in the last third of its certificate's time; one of several commands at once does it. */
public final class RenewalOverEst implements StationRenewal {
    private static final int LAST_PART = 3;

    private final InstantSource clock;

    public RenewalOverEst(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Optional<String> renewIfDue(Path home, String name) {
        var identity = new StationIdentity(home, name, home.resolve("tls").resolve("ca.pem"), clock);
        Optional<StationPlace> place = StationPlace.read(home, name);
        return place.isPresent() && identity.isThere() && isDue(identity.certificate())
                ? renew(identity, place.get(), name)
                : Optional.empty();
    }

    private Optional<String> renew(StationIdentity identity, StationPlace place, String name) {
        try (FileChannel lock = FileChannel.open(
                        identity.beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.tryLock()) {
            if (held != null && isDue(identity.certificate())) {
                identity.renew(place);
            }
            return Optional.empty();
        } catch (IOException | CommandFailedException | IllegalArgumentException e) {
            Instant end = identity.certificate().getNotAfter().toInstant();
            String why = "the certificate of station " + name + " could not be renewed at " + place.est() + ": "
                    + WrongClock.said(e);
            if (clock.instant().isAfter(end)) {
                throw CommandFailedException.fault(why + "; it is over since " + end + ": have `nameplate station code "
                        + name + "` make a code, and enrol with it");
            }
            return Optional.of(why + "; it is valid until " + end);
        }
    }

    private boolean isDue(X509CertificateHolder certificate) {
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        Duration rest = Duration.between(clock.instant(), end);
        return rest.compareTo(Duration.between(begin, end).dividedBy(LAST_PART)) < 0;
    }
}
