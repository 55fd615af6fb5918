package dev.nameplate.est;

/** How base64 is laid out. No form suits every client, so it is a choice (RFC 8951, 3.1). */
public enum Wrapping {
    /** Lines of 64 characters, each ended by LF, the last one too. */
    LINES_64,
    /** One line without any line end. */
    ONE_LINE
}
