package dev.nameplate.ca.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line, and the options that every command has. */
@Command(
        name = "nameplate",
        description = "A certificate authority for devices.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:refused", "2:wrong usage", "3:unreachable, or a fault"})
public final class Nameplate {
    private static final String HOME = "NAMEPLATE_HOME";

    private final OperatorDoors doors;
    private final Path usualHome;
    private StationRenewal renewal = StationRenewal.NONE;
    private final InstantSource clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The home. Default: $" + HOME + ", else ./nameplate-home.")
    private @Nullable Path home;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "JSON on standard output, and nothing else.")
    private boolean json;

    @Option(
            names = "--server",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The server to call. Default: the one of the home's settings.")
    private @Nullable URI server;

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            defaultValue = "admin",
            scope = ScopeType.INHERIT,
            description = "Who calls: HOME/operators/NAME.pem. Default: ${DEFAULT-VALUE}.")
    private String operator = "admin";

    private Nameplate(OperatorDoors doors, Map<String, String> environment, InstantSource clock) {
        this.doors = doors;
        this.clock = clock;
        this.usualHome = Path.of(environment.getOrDefault(HOME, "nameplate-home"));
    }

    /**
     * The root with the clients of the operator door below it; other commands are added by name.
     *
     * @param environment of the process
     * @param version one line
     */
    public static CommandLine commandLine(
            OperatorDoors doors, Map<String, String> environment, InstantSource clock, String version) {
        Nameplate root = new Nameplate(doors, environment, clock);
        CommandLine line = new CommandLine(root);
        ClientCommands.of(root).forEach(line::addSubcommand);
        FactoryCommands.of(root).forEach(line::addSubcommand);
        line.setExecutionStrategy(parsed -> {
            name(line, version);
            return new RunLast().execute(parsed);
        });
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(new Failures(root));
        return line;
    }

    /** The root of a command line that {@link #commandLine} made, for the other commands. */
    public static Nameplate of(CommandLine line) {
        return line.getCommand();
    }

    /** Whose commands are a station's renew its certificate by this. */
    public void renewStations(StationRenewal how) {
        renewal = how;
    }

    public Path home() {
        return home == null ? usualHome : home;
    }

    /** Whether to print JSON, and nothing else. */
    public boolean json() {
        return json;
    }

    /** The server to call, if it is not the home's. */
    public Optional<URI> server() {
        return Optional.ofNullable(server);
    }

    /** Who calls. */
    String operator() {
        return operator;
    }

    InstantSource clock() {
        return clock;
    }

    Screen screen() {
        if (spec == null) {
            throw new IllegalStateException("the command line is not assembled");
        }
        return new Screen(spec.commandLine().getOut(), json);
    }

    PrintWriter err() {
        if (spec == null) {
            throw new IllegalStateException("the command line is not assembled");
        }
        return spec.commandLine().getErr();
    }

    /** That the certificate of whoever calls ends soon. */
    Optional<String> warning() {
        return EndingIdentity.warning(identity(), clock.instant());
    }

    OperatorDoor door() {
        Path directory = home();
        renewal.renewIfDue(directory, operator).ifPresent(err()::println);
        return new OperatorDoor(new OperatorConnection(
                Optional.ofNullable(server)
                        .or(() -> StationPlace.read(directory, operator).flatMap(StationPlace::door))
                        .orElseGet(() -> doors.of(directory)),
                identity(),
                directory.resolve("tls").resolve("ca.pem")));
    }

    private Path identity() {
        return home().resolve("operators").resolve(operator + ".pem");
    }

    private static void name(CommandLine line, String version) {
        line.getCommandSpec().version(version);
        line.getSubcommands().values().forEach(below -> name(below, version));
    }
}
