package dev.nameplate.ca.app;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.DoctorCommand;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.VerifyCeremony;
import dev.nameplate.ca.cli.est.EstCommands;
import dev.nameplate.ca.cli.est.RenewalOverEst;
import dev.nameplate.ca.cli.est.StationEnrolment;
import dev.nameplate.ca.cli.est.check.EstExamination;
import dev.nameplate.ca.config.DoorsSettings;
import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.config.SettingsReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The one way in. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(System.getenv(), InstantSource.system()).execute(arguments));
    }

    static CommandLine commandLine(Map<String, String> environment, InstantSource clock) {
        String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
        CommandLine line = Nameplate.commandLine(Main::operatorDoor, environment, clock, "nameplate " + version);
        Nameplate root = Nameplate.of(line);
        root.renewStations(new RenewalOverEst(clock));
        CommandLine issuer = Objects.requireNonNull(line.getSubcommands().get("issuer"));
        issuer.addSubcommand(new IssuerRequestCommand(root, clock))
                .addSubcommand(new IssuerImportCommand(root, clock))
                .addSubcommand(new IssuerAdoptCommand(root, clock));
        Objects.requireNonNull(line.getSubcommands().get("station"))
                .addSubcommand(new StationEnrolment(root, Main::deviceDoor, clock));
        CommandLine ceremony = new CommandLine(CommandSpec.create().name("ceremony"));
        ceremony.getCommandSpec()
                .usageMessage()
                .description("What is done before witnesses, with the server down, and the proof of it.");
        ceremony.addSubcommand(new RootCeremonyCommand(root, clock, version));
        ceremony.addSubcommand(new VerifyCeremony(root));
        return line.addSubcommand(ceremony)
                .addSubcommand(new InitCommand(root, clock))
                .addSubcommand(new ServeCommand(root, clock, version))
                .addSubcommand(new DoctorCommand(root, new EstExamination(root, clock)))
                .addSubcommand(EstCommands.of(root, Main::deviceDoor, clock));
    }

    private static URI operatorDoor(Path home) {
        return https(doors(home).operator());
    }

    private static URI deviceDoor(Path home) {
        return https(doors(home).device());
    }

    private static URI https(DoorsSettings.Https door) {
        return URI.create(
                "https://" + door.names().getFirst() + ":" + door.listener().port());
    }

    private static DoorsSettings doors(Path directory) {
        Home home = new Home(directory);
        if (!Files.isRegularFile(home.settings())) {
            throw CommandFailedException.fault("there is no home at " + home.directory()
                    + "; make one with `nameplate init`, or name it with --home");
        }
        return Faults.inWords(() -> SettingsReader.read(home).doors());
    }
}
