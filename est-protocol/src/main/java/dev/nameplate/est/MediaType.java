package dev.nameplate.est;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A media type (RFC 9110, 8.3.1). Type, subtype and parameter names are in lower case; parameter values are as sent,
 * without quotes.
 */
public record MediaType(String type, String subtype, Map<String, String> parameters) {
    private static final int MAX_LENGTH = 1024;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final Pattern ESSENCE = Pattern.compile("[ \\t]*+(" + TOKEN + ")/(" + TOKEN + ")");
    private static final Pattern PARAMETER = Pattern.compile("[ \\t]*+;[ \\t]*+(?:(" + TOKEN + ")=(?:(" + TOKEN
            + ")|\"((?:[\\t \\x21\\x23-\\x5B\\x5D-\\x7E\\x80-\\xFF]|\\\\[\\t \\x21-\\x7E\\x80-\\xFF])*+)\"))?");

    public MediaType {
        type = type.toLowerCase(Locale.ROOT);
        subtype = subtype.toLowerCase(Locale.ROOT);
        parameters = Map.copyOf(parameters);
    }

    /** @return empty for an absent header, and for one that is no media type; of a parameter given twice the first counts */
    public static Optional<MediaType> parse(@Nullable String header) {
        if (header == null || header.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher essence = ESSENCE.matcher(header);
        if (!essence.lookingAt()) {
            return Optional.empty();
        }
        return parameters(header, essence.end())
                .map(parameters -> new MediaType(essence.group(1), essence.group(2), parameters));
    }

    /** Whether both name the same format: case and parameters have no say. */
    public boolean sameEssence(MediaType other) {
        return type.equals(other.type) && subtype.equals(other.subtype);
    }

    private static Optional<Map<String, String>> parameters(String header, int start) {
        var parameters = new LinkedHashMap<String, String>();
        Matcher parameter = PARAMETER.matcher(header).region(start, header.length());
        int end = start;
        while (parameter.lookingAt()) {
            if (parameter.group(1) != null) {
                parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value(parameter));
            }
            end = parameter.end();
            parameter.region(end, header.length());
        }
        return header.substring(end).isBlank() ? Optional.of(parameters) : Optional.empty();
    }

    private static String value(Matcher parameter) {
        String token = parameter.group(2);
        return token != null ? token : parameter.group(3).replaceAll("\\\\(.)", "$1");
    }
}
