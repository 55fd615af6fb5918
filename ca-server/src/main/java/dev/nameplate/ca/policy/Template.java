package dev.nameplate.ca.policy;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with variables such as {@code ${device.id}}. Values are put in as they are and never looked at again. */
record Template(String text) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([a-z][a-z0-9.-]{0,63})}");

    Template {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a template is empty");
        }
        if (VARIABLE.matcher(text).replaceAll("").contains("${")) {
            throw new IllegalArgumentException("a variable is not written ${name}: " + text);
        }
    }

    /** @throws IllegalArgumentException naming the first variable that is not accepted */
    Template onlyWith(Function<String, Boolean> accepted) {
        for (String name : variables()) {
            if (!accepted.apply(name)) {
                throw new IllegalArgumentException("unknown variable ${" + name + "}");
            }
        }
        return this;
    }

    Set<String> variables() {
        Set<String> names = new TreeSet<>();
        VARIABLE.matcher(text).results().map(found -> found.group(1)).forEach(names::add);
        return names;
    }

    /** The first variable without a value, if any. */
    Optional<String> missing(Variables variables) {
        return variables().stream()
                .filter(name -> variables.value(name).isEmpty())
                .findFirst();
    }

    /** With every variable replaced; to be called when none is {@link #missing}. */
    String with(Variables variables) {
        Function<MatchResult, String> value = found ->
                Matcher.quoteReplacement(variables.value(found.group(1)).orElseThrow());
        return VARIABLE.matcher(text).replaceAll(value);
    }
}
