package dev.nameplate.ca.edge.distribution;

import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Conditions on tags (RFC 9110, 13.1.1 and 13.1.2). Jetty fails on what is not one, so that is refused before it looks. */
final class EntityTags {
    private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*+\"";
    private static final Pattern LIST = Pattern.compile("\\*|" + TAG + "(?:[ \\t]*+,[ \\t]*+" + TAG + ")*+");

    private EntityTags() {}

    static boolean wellFormed(HttpFields headers) {
        for (HttpHeader name : List.of(HttpHeader.IF_MATCH, HttpHeader.IF_NONE_MATCH)) {
            for (String value : headers.getValuesList(name)) {
                if (!LIST.matcher(value.strip()).matches()) {
                    return false;
                }
            }
        }
        return true;
    }
}
