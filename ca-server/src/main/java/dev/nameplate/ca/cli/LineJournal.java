package dev.nameplate.ca.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a station did for the units of one batch, a line each: a check sum and a JSON object. A line is on the disk when
 * {@link #append} returns. A power cut leaves all lines but perhaps the last, of which a part is no line; what a disk spoils
 * does not fit its check sum. Both are told, and neither is believed. The CA's records decide: this is how a station knows
 * after a power cut which units it had in hand.
 */
final class LineJournal {
    private static final int LONGEST_LINE = 4096;

    private final Path file;

    LineJournal(Path file) {
        this.file = file;
    }

    static LineJournal of(Path home, String station, String batch) {
        return new LineJournal(home.resolve("station").resolve(station).resolve(batch + ".journal"));
    }

    /** @param step as the CA names it, {@code begun}, or {@code refused}, which takes back what was begun */
    record Entry(String unit, String step) {
        static final String BEGUN = "begun";
        static final String REFUSED = "refused";

        boolean ends() {
            return List.of("verified", "closed", "scrapped").contains(step);
        }
    }

    /**
     * Everything that can be believed.
     *
     * @param damaged numbers of the lines that cannot, from 1
     */
    record Content(List<Entry> entries, List<Integer> damaged) {
        /** The last step of every unit that was begun and is not over, in the order of their beginnings. */
        Map<String, Entry> inHand() {
            Map<String, Entry> inHand = new LinkedHashMap<>();
            Map<String, Entry> before = new HashMap<>();
            for (Entry entry : entries) {
                switch (entry.step()) {
                    case Entry.REFUSED -> inHand.compute(entry.unit(), (unit, _) -> before.get(unit));
                    case Entry.BEGUN -> before.compute(entry.unit(), (unit, _) -> inHand.put(unit, entry));
                    default -> inHand.put(entry.unit(), entry);
                }
            }
            inHand.values().removeIf(Entry::ends);
            return inHand;
        }
    }

    /** Durable when it returns; what a cut left of a line is taken away first. */
    void append(Entry entry) {
        try {
            boolean fresh = Files.notExists(file);
            Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                channel.truncate(endOfLastLine(channel));
                channel.position(channel.size());
                ByteBuffer line = ByteBuffer.wrap(line(entry));
                while (line.hasRemaining()) {
                    channel.write(line);
                }
                channel.force(held.isValid());
            }
            if (fresh) {
                force(directory);
            }
        } catch (IOException e) {
            throw CommandFailedException.fault("the journal " + file + " cannot be written: " + e.getMessage());
        }
    }

    Content read() {
        if (Files.notExists(file)) {
            return new Content(List.of(), List.of());
        }
        try {
            return parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Content parse(byte[] octets) {
        List<Entry> entries = new ArrayList<>();
        List<Integer> damaged = new ArrayList<>();
        String[] lines = new String(octets, StandardCharsets.UTF_8).split("\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            Entry entry = entry(lines[i]);
            if (entry.unit().isEmpty()) {
                damaged.add(i + 1);
            } else {
                entries.add(entry);
            }
        }
        if (!lines[lines.length - 1].isEmpty()) {
            damaged.add(lines.length);
        }
        return new Content(List.copyOf(entries), List.copyOf(damaged));
    }

    /** @return one without a unit if the line is not what was written */
    private static Entry entry(String line) {
        Entry none = new Entry("", "");
        int space = line.indexOf(' ');
        if (space != 8 || !line.substring(0, space).equals(sum(line.substring(space + 1)))) {
            return none;
        }
        try {
            JsonNode json = JsonMapper.shared().readTree(line.substring(space + 1));
            return new Entry(json.path("unit").asString(""), json.path("step").asString(""));
        } catch (JacksonException e) {
            return none;
        }
    }

    private static byte[] line(Entry entry) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("unit", entry.unit());
        members.put("step", entry.step());
        String json = JsonMapper.shared().writeValueAsString(members);
        return (sum(json) + " " + json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String sum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(sum.getValue());
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        long from = Math.max(0, channel.size() - LONGEST_LINE);
        ByteBuffer tail = ByteBuffer.allocate((int) (channel.size() - from));
        while (tail.hasRemaining() && channel.read(tail, from + tail.position()) >= 0) {
            // until all of the tail is read
        }
        int end = tail.position();
        while (end > 0 && tail.get(end - 1) != '\n') {
            end--;
        }
        return from + end;
    }

    /** The name of a new file is on the disk only when its directory is. */
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
