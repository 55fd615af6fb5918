package dev.nameplate.ca.config;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the settings, so that an operator sees all of it at once. */
final class Problems {
    private final List<String> found = new ArrayList<>();

    void add(String path, String what) {
        found.add(what.startsWith(path + ".") ? what : path + ": " + what);
    }

    /** What the supplier makes, or nothing and a problem at this path if it refuses the value. */
    <T> Optional<T> at(String path, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException | DateTimeException e) {
            add(path, String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (Missing e) {
            return Optional.empty();
        }
    }

    /** The value, or a problem at this path if it is absent. */
    <T> T required(String path, @Nullable T value) {
        if (value == null) {
            if (found.stream().noneMatch(problem -> problem.startsWith(path + ":"))) {
                add(path, "is missing");
            }
            throw new Missing();
        }
        return value;
    }

    /** What stands in a part that had problems of its own, which are noted already. */
    <T> T whole(Optional<T> part) {
        return part.orElseThrow(Missing::new);
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new SettingsException(found);
        }
    }

    /** Ends the part being read; its problem is noted. */
    private static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missing() {
            super(null, null, false, false);
        }
    }
}
