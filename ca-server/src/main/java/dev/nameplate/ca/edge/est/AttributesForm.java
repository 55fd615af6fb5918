package dev.nameplate.ca.edge.est;

import java.util.List;
import java.util.Locale;

/** How csrattrs says what the profile wants. No form suits every client. */
public enum AttributesForm {
    /** Not at all. */
    NONE,
    /** As OIDs and attributes (RFC 8951, 4), which all clients read. */
    LIST,
    /** As a request with blanks (RFC 9908, 3.4). */
    TEMPLATE,
    /** Both in one answer: who knows the template ignores the list, and the other way round (RFC 9908, 4). */
    BOTH;

    /** @throws IllegalArgumentException naming the accepted words */
    public static AttributesForm parse(String text) {
        for (AttributesForm form : values()) {
            if (form.toString().equals(text)) {
                return form;
            }
        }
        throw new IllegalArgumentException("csr-attributes is not one of " + List.of(values()));
    }

    boolean hasList() {
        return this == LIST || this == BOTH;
    }

    boolean hasTemplate() {
        return this == TEMPLATE || this == BOTH;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
