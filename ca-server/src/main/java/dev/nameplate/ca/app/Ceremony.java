package dev.nameplate.ca.app;

import dev.nameplate.ca.audit.CanonicalJson;
import dev.nameplate.ca.audit.Cause;
import dev.nameplate.ca.audit.Statements;
import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.hsm.TokenFacts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Steps before witnesses, written down as they are done; at the end all of it is signed. */
final class Ceremony {
    private static final String RECORD = "record.der";

    private final List<String> operators;
    private final Path out;
    private final InstantSource clock;
    private final PrintWriter screen;
    private final boolean unasked;
    private final BufferedReader ears = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final Instant began;
    private final List<String> transcript = new ArrayList<>();
    private final Map<String, String> inputs = new TreeMap<>();
    private final Map<String, String> outputs = new TreeMap<>();
    private final Map<String, String> facts = new TreeMap<>();
    private final Map<String, String> token = new TreeMap<>();

    /** @param unasked whether steps are done without anybody's word */
    Ceremony(List<String> operators, Path out, InstantSource clock, PrintWriter screen, boolean unasked) {
        this.operators = List.copyOf(operators);
        this.out = out;
        this.clock = clock;
        this.screen = screen;
        this.unasked = unasked;
        this.began = clock.instant();
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new UncheckedIOException(out + " cannot be made: " + e.getMessage(), e);
        }
        say("operators: " + String.join(", ", this.operators));
    }

    Cause cause() {
        return Cause.SYSTEM;
    }

    /** Read aloud, agreed to, done. */
    void step(String what, Runnable work) {
        say(what);
        if (!unasked) {
            agree();
        }
        work.run();
        say("   done");
    }

    Ceremony fact(String name, String value) {
        facts.put(name, value);
        say("   " + name + ": " + value);
        return this;
    }

    void token(TokenFacts found) {
        token.put("label", found.label().strip());
        token.put("manufacturer", found.manufacturer().strip());
        token.put("model", found.model().strip());
        token.put("serial", found.serial().strip());
        token.put("hardware", found.hardware());
        token.put("firmware", found.firmware());
        token.forEach((name, value) -> say("   token " + name + ": " + value));
    }

    Ceremony input(String name, Path file) {
        try {
            String hash = Sha256.of(Files.readAllBytes(file)).toString();
            inputs.put(name, hash);
            say("   " + name + " has SHA-256 " + hash);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    Ceremony output(String name, byte[] content) {
        Home.writeClosed(out.resolve(name), content);
        String hash = Sha256.of(content).toString();
        outputs.put(name, hash);
        say("   " + out.resolve(name) + " has SHA-256 " + hash);
        return this;
    }

    void end(Statements statements) {
        byte[] text = (String.join("\n", transcript) + "\n").getBytes(StandardCharsets.UTF_8);
        output("transcript.txt", text);
        Instant now = clock.instant();
        Map<String, Object> record = new TreeMap<>();
        record.put("kind", "ceremony");
        record.put("operators", operators);
        record.put("began", began.toString());
        record.put("ended", now.toString());
        record.put("token", token);
        record.put("facts", facts);
        record.put("inputs", inputs);
        record.put("outputs", outputs);
        Home.writeClosed(out.resolve(RECORD), statements.sign(CanonicalJson.octets(record), now));
        screen.println(
                "record: " + out.resolve(RECORD) + "; verify it with `nameplate audit verify --file`, or `openssl"
                        + " cms -verify -purpose any -inform der`");
        screen.flush();
    }

    private void agree() {
        screen.print("   do this? (initials, or empty to stop) ");
        screen.flush();
        String word = heard();
        if (word.isEmpty()) {
            throw CommandFailedException.refused(
                    "the ceremony was stopped; run it again to go on, or give --yes where nobody is asked");
        }
        say("   agreed: " + word);
    }

    private String heard() {
        try {
            String line = ears.readLine();
            return line == null ? "" : line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException("nobody can be heard: " + e.getMessage(), e);
        }
    }

    private void say(String line) {
        transcript.add(clock.instant() + " " + line);
        screen.println(line);
        screen.flush();
    }
}
