package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.tls.PemFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** What {@code nameplate est …} said of a server that it trusts, and how it ended. */
record EstRun(int exit, String out, String err) {
    /** @param files where the server's root is put */
    static EstRun of(EstStub server, Path files, String... arguments) throws IOException {
        Path trust = Files.writeString(
                files.resolve("trust.pem"), PemFiles.pem(server.ca().root()));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--trust", trust.toString()));
        return at(server, all.toArray(String[]::new));
    }

    /** Without a word on whom to trust. */
    static EstRun at(EstStub server, String... arguments) {
        List<String> all = new ArrayList<>(List.of("est"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--server", server.url()));
        CommandLine line =
                Nameplate.commandLine(_ -> URI.create("https://nowhere"), Map.of(), InstantSource.system(), "test");
        line.addSubcommand(
                EstCommands.of(Nameplate.of(line), _ -> URI.create("https://nowhere"), InstantSource.system()));
        var out = new StringWriter();
        var err = new StringWriter();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        return new EstRun(line.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }
}
