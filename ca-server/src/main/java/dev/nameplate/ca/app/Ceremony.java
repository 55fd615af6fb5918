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
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Steps before witnesses, written down as they are done; at the end all of it is signed. */
final class Ceremony {
    private static final String RECORD = "record.der";
    private static final String TRANSCRIPT = "transcript.txt";

    private final List<String> operators;
    private final Path out;
    private final InstantSource clock;
    private final Hall hall;
    private final Instant began;
    private final Map<String, String> inputs = new TreeMap<>();
    private final Map<String, String> outputs = new TreeMap<>();
    private final Map<String, String> facts = new TreeMap<>();
    private final Map<String, String> token = new TreeMap<>();

    /**
     * Where it takes place.
     *
     * @param ears hears initials, a line each; without, steps are done without anybody's word
     */
    record Hall(PrintWriter screen, Optional<BufferedReader> ears) {}

    /**
     * What was done in this directory before, and cut off, goes on: the transcript is continued.
     *
     * @throws CommandFailedException if it was done to its end
     */
    Ceremony(List<String> operators, Path out, InstantSource clock, Hall hall) {
        this.operators = List.copyOf(operators);
        this.out = out;
        this.clock = clock;
        this.hall = hall;
        this.began = clock.instant();
        if (Files.exists(out.resolve(RECORD))) {
            throw CommandFailedException.refused("the ceremony of " + out + " is over: its " + RECORD
                    + " is there; for another one name another --out");
        }
        begin();
    }

    private void begin() {
        try {
            Files.createDirectories(out);
            boolean goesOn = Files.exists(out.resolve(TRANSCRIPT));
            if (!goesOn) {
                Home.writeClosed(out.resolve(TRANSCRIPT), new byte[0]);
            }
            say((goesOn ? "it goes on; " : "") + "operators: " + String.join(", ", operators));
        } catch (IOException e) {
            throw new UncheckedIOException(out + " cannot be made: " + e.getMessage(), e);
        }
    }

    Cause cause() {
        return Cause.SYSTEM;
    }

    /** Read aloud, agreed to, done. */
    void step(String what, Runnable work) {
        say(what);
        hall.ears().ifPresent(this::agree);
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
        inputs.put(name, hash(file));
        say("   " + name + " has SHA-256 " + inputs.get(name));
        return this;
    }

    /** Written by an earlier run. */
    void keptOutput(String name) {
        outputs.put(name, hash(out.resolve(name)));
        say("   " + out.resolve(name) + " is there, and has SHA-256 " + outputs.get(name));
    }

    /** In the directory of the ceremony. */
    Path file(String name) {
        return out.resolve(name);
    }

    Ceremony output(String name, byte[] content) {
        Home.writeClosed(out.resolve(name), content);
        String hash = Sha256.of(content).toString();
        outputs.put(name, hash);
        say("   " + out.resolve(name) + " has SHA-256 " + hash);
        return this;
    }

    void end(Statements statements) {
        Instant now = clock.instant();
        say("signed by the audit key; the record has the hash of this transcript");
        outputs.put(TRANSCRIPT, hash(out.resolve(TRANSCRIPT)));
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
        hall.screen()
                .println("record: " + out.resolve(RECORD)
                        + "; verify it anywhere with `nameplate ceremony verify " + out + " --ca ROOT.pem`, or"
                        + " `openssl cms -verify -purpose any -inform der -in record.der -CAfile ROOT.pem`");
        hall.screen().flush();
    }

    private void agree(BufferedReader ears) {
        hall.screen().print("   do this? (initials, or empty to stop) ");
        hall.screen().flush();
        String word = heard(ears);
        if (word.isEmpty()) {
            say("   stopped");
            throw CommandFailedException.refused(
                    "the ceremony was stopped; run it again to go on, or give --yes where nobody is asked");
        }
        say("   agreed: " + word);
    }

    private static String heard(BufferedReader ears) {
        try {
            String line = ears.readLine();
            return line == null ? "" : line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException("nobody can be heard: " + e.getMessage(), e);
        }
    }

    private void say(String line) {
        try {
            Files.writeString(
                    out.resolve(TRANSCRIPT),
                    clock.instant() + " " + line + "\n",
                    StandardOpenOption.APPEND,
                    StandardOpenOption.DSYNC);
        } catch (IOException e) {
            throw new UncheckedIOException("the transcript cannot be written: " + e.getMessage(), e);
        }
        hall.screen().println(line);
        hall.screen().flush();
    }

    private static String hash(Path file) {
        try {
            return Sha256.of(Files.readAllBytes(file)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
