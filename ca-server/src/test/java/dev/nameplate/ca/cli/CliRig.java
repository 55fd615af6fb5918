package dev.nameplate.ca.cli;

import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.edge.admin.ApiRig;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.ca.testkit.Party;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A home whose operator door is the rig's. */
final class CliRig {
    private final Path home;
    private final OperatorDoors doors;
    private final InstantSource clock;

    /** What a command left behind. */
    record Run(int exit, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    CliRig(Path home, ApiRig api) {
        this.home = home;
        this.doors = _ -> api.base();
        this.clock = InstantSource.system();
        add("admin", api.holding(Role.ADMIN), api.pki().root());
        trust(api.pki().root());
    }

    private CliRig(Path home, OperatorDoors doors, InstantSource clock) {
        this.home = home;
        this.doors = doors;
        this.clock = clock;
    }

    /** The same, with a clock that is this far from the end of the operator's certificate. */
    CliRig at(Duration fromTheEnd) {
        Instant end = PemFiles.certificates(home.resolve("operators").resolve("admin.pem"))
                .getFirst()
                .getNotAfter()
                .toInstant();
        return new CliRig(home, doors, InstantSource.fixed(end.plus(fromTheEnd)));
    }

    /** Somebody else who may call, with {@code --operator NAME}. */
    void add(String name, Party operator, CertificateDer root) {
        new IdentityFiles(home.resolve("operators"), new OperatorName(name))
                .write(operator.keys().getPrivate(), List.of(operator.certificate(), root), new SecureRandom());
    }

    Run run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                Nameplate.commandLine(doors, Map.of("NAMEPLATE_HOME", home.toString()), clock, "nameplate 1.2.3");
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = line.execute(args);
        line.getOut().flush();
        line.getErr().flush();
        return new Run(exit, out.toString(), err.toString());
    }

    private void trust(CertificateDer root) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(root.parsed());
            pem.flush();
            Files.createDirectories(home.resolve("tls"));
            Files.writeString(home.resolve("tls").resolve("ca.pem"), text.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
