package dev.nameplate.ca.cli;

import dev.nameplate.ca.station.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a bundle was begun with, so that the same is asked for again after a power cut. */
record Wanted(int units, Duration validFor) {
    private static final String FILE = "wanted";

    /** What is on the disk already counts. */
    static Wanted in(Path bundle, Wanted now, Disk disk) throws IOException {
        Path file = bundle.resolve(FILE);
        if (!Files.exists(file)) {
            disk.replace(file, (now.units + " " + now.validFor + "\n").getBytes(StandardCharsets.US_ASCII));
            return now;
        }
        String[] words = Files.readString(file).strip().split(" ", -1);
        return new Wanted(Integer.parseInt(words[0]), Duration.parse(words[1]));
    }
}
