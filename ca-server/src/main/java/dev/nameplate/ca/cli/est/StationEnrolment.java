package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.StationPlace;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code nameplate station enrol}: the first time with the code that {@code station add} showed, ever after with the certificate
 * it has. The files are those of an operator, so that {@code --operator NAME} is the station from then on.
 */
@Command(
        name = "enrol",
        description =
                "Enrols this machine as a station over EST: with --code the first time, and without it to renew now;"
                        + " its other commands renew by themselves in the last third of the certificate's time."
                        + " Writes HOME/operators/NAME.pem.")
public final class StationEnrolment extends EstCommand {
    private final Nameplate root;
    private final DeviceDoors doors;
    private final InstantSource clock;

    @Parameters(paramLabel = "NAME", description = "The station.")
    private String name = "";

    @Option(names = "--code", paramLabel = "CODE", description = "The one-time code.")
    private @Nullable String code;

    @Option(
            names = "--door",
            paramLabel = "URL",
            description =
                    "The operator door, as in https://ca.example:9443; remembered for the station's other commands.")
    private @Nullable URI door;

    public StationEnrolment(Nameplate root, DeviceDoors doors, InstantSource clock) {
        super(root, doors, clock);
        this.root = root;
        this.doors = doors;
        this.clock = clock;
    }

    @Override
    ExitCode run() throws IOException {
        var identity = new StationIdentity(root.home(), name, trust(), clock);
        if (code != null) {
            return say(identity.enrol(place(), code));
        }
        if (!identity.isThere()) {
            throw CommandFailedException.refused("this machine is not enrolled as " + name
                    + " yet: enrol with the --code that `nameplate station add " + name + "` showed");
        }
        return say(identity.renew(place()));
    }

    private ExitCode say(List<X509CertificateHolder> own) throws IOException {
        if (json()) {
            return deliver(own, Optional.empty());
        }
        X509CertificateHolder mine = own.getFirst();
        screen().println("station " + name + " has certificate "
                + mine.getSerialNumber().toString(16) + ", valid until "
                + mine.getNotAfter().toInstant() + "; use it by --operator " + name);
        screen().flush();
        return ExitCode.DONE;
    }

    @Override
    URI url() {
        return place().est();
    }

    /** As told now, else as remembered, else as the home's settings say. */
    private StationPlace place() {
        Optional<StationPlace> before = StationPlace.read(root.home(), name);
        URI est = root.server().or(() -> before.map(StationPlace::est)).orElseGet(() -> doors.of(root.home()));
        return new StationPlace(est, Optional.ofNullable(door).or(() -> before.flatMap(StationPlace::door)));
    }
}
