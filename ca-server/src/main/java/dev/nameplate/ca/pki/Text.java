package dev.nameplate.ca.pki;

/** How a stranger's text is shown in an error: bounded, and without control characters. */
public final class Text {
    private static final int MAX_SHOWN = 80;

    private Text() {}

    /** At most 80 characters; whatever is not printable ASCII becomes {@code ?}. */
    public static String shown(String text) {
        String head = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
        return head.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
