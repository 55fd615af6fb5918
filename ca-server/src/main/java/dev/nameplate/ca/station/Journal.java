package dev.nameplate.ca.station;

import dev.nameplate.ca.factory.offline.BundleHeader;
import dev.nameplate.ca.factory.offline.Deed;
import dev.nameplate.ca.factory.offline.JournalEntry;
import dev.nameplate.ca.factory.offline.JournalLine;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a station did with a bundle: lines that are only ever added, each signed, each naming the hash of the one before. Beside it
 * stands the number and hash of its last line, so that lines that went missing are noticed.
 */
public final class Journal {
    private static final String LINES = "journal";
    private static final String HEAD = "journal.head";

    private final Path directory;
    private final BundleHeader header;
    private final JournalKey key;
    private final Disk disk;
    private final List<JournalLine> lines = new ArrayList<>();
    private Optional<String> damage = Optional.empty();

    private Journal(Path directory, BundleHeader header, JournalKey key, Disk disk) {
        this.directory = directory;
        this.header = header;
        this.key = key;
        this.disk = disk;
    }

    /** Reads as much of it as is whole. A line that was being written when the power went is taken off: nobody acted on it. */
    public static Journal read(Path directory, BundleHeader header, JournalKey key, Disk disk) {
        Journal journal = new Journal(directory, header, key, disk);
        try {
            journal.read();
            return journal;
        } catch (IOException e) {
            throw new DamagedBundleException("the journal in " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** What is wrong with it, if anything is; the lines before that are right. */
    public Optional<String> damage() {
        return damage;
    }

    public List<JournalLine> lines() {
        return List.copyOf(lines);
    }

    /** @throws DamagedBundleException if it is damaged, or cannot be written */
    public void append(DeviceId unit, Deed deed, Instant at) {
        damage.ifPresent(why -> {
            throw new DamagedBundleException(why);
        });
        var entry = new JournalEntry(header.bundle(), lines.size() + 1, lastHash(), at, unit, deed);
        JournalLine line = JournalLine.signed(entry, key::sign);
        try {
            disk.append(directory.resolve(LINES), (line.text() + "\n").getBytes(StandardCharsets.US_ASCII));
            lines.add(line);
            disk.replace(directory.resolve(HEAD), head());
        } catch (IOException e) {
            throw new DamagedBundleException(
                    "the journal in " + directory + " cannot be written: " + e.getMessage(), e);
        }
    }

    private void read() throws IOException {
        Path file = directory.resolve(LINES);
        String text = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        int end = text.lastIndexOf('\n') + 1;
        for (String line : text.substring(0, end).lines().toList()) {
            if (!take(line)) {
                damage = Optional.of(said("line " + (lines.size() + 1) + " was altered"));
                return;
            }
        }
        damage = missing();
        if (damage.isEmpty() && end < text.length()) {
            disk.cut(file, end);
        }
    }

    private boolean take(String text) {
        try {
            JournalLine line = JournalLine.parse(text, key.publicKey());
            JournalEntry entry = line.entry();
            boolean next = entry.bundle().equals(header.bundle())
                    && entry.number() == lines.size() + 1
                    && entry.previous().equals(lastHash());
            return next && lines.add(line);
        } catch (IllegalArgumentException altered) {
            return false;
        }
    }

    /** The head may be one line behind, where the power went between the two. */
    private Optional<String> missing() throws IOException {
        Path file = directory.resolve(HEAD);
        if (!Files.exists(file)) {
            return lines.size() > 1 ? Optional.of(said("its head is missing")) : Optional.empty();
        }
        String head = Files.readString(file, StandardCharsets.ISO_8859_1);
        boolean last = head.equals(new String(head(), StandardCharsets.ISO_8859_1));
        boolean behind = !lines.isEmpty() && head.equals(headAfter(lines.size() - 1));
        return last || behind
                ? Optional.empty()
                : Optional.of(said("lines are missing at its end, or its head was altered"));
    }

    private byte[] head() {
        return headAfter(lines.size()).getBytes(StandardCharsets.US_ASCII);
    }

    private String headAfter(int number) {
        Sha256 hash = number == 0 ? header.hash() : lines.get(number - 1).hash();
        return number + " " + hash + "\n";
    }

    private Sha256 lastHash() {
        return lines.isEmpty() ? header.hash() : lines.getLast().hash();
    }

    private String said(String what) {
        return "the journal of bundle " + header.bundle() + " is damaged: " + what
                + "; nothing is issued from it any more. `station report --end` reports what is whole, and has the rest revoked";
    }
}
