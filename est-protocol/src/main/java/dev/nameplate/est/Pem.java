package dev.nameplate.est;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Where the base64 lies in a body that is one PEM block (RFC 7468) and nothing else. */
record Pem(int from, int to) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    static Pem find(byte[] body, Set<String> labels) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        if (begin < 0 || !text.substring(0, begin).isBlank()) {
            throw new MalformedMessageException("body starts with '-' but not with a PEM line \"-----BEGIN ...-----\"");
        }
        String label = label(text, begin + BEGIN.length());
        requireKnown(label, labels);
        int from = begin + BEGIN.length() + label.length() + DASHES.length();
        String endLine = END + label + DASHES;
        int to = text.indexOf(endLine, from);
        if (to < 0) {
            throw new MalformedMessageException("PEM block is not closed: \"" + endLine + "\" is missing");
        }
        requireNothingMore(text.substring(to + endLine.length()));
        return new Pem(from, to);
    }

    private static String label(String text, int start) {
        int end = text.indexOf(DASHES, start);
        if (end < 0 || end - start > 64) {
            throw new MalformedMessageException("PEM BEGIN line is not closed by \"-----\"");
        }
        return text.substring(start, end);
    }

    private static void requireKnown(String label, Set<String> labels) {
        if (!labels.contains(label)) {
            String wanted = String.join(" or ", labels.stream().sorted().toList());
            throw new MalformedMessageException("PEM block is " + printable(label) + "; it must be " + wanted);
        }
    }

    private static void requireNothingMore(String rest) {
        if (rest.contains(BEGIN)) {
            throw new MalformedMessageException("body holds a second PEM block; send one");
        }
        if (!rest.isBlank()) {
            throw new MalformedMessageException("body goes on after the PEM END line");
        }
    }

    private static String printable(String label) {
        return label.matches("[ -~]*") ? '"' + label + '"' : "of an unreadable label";
    }
}
