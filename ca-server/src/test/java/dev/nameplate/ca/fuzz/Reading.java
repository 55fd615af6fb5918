package dev.nameplate.ca.fuzz;

import java.util.Arrays;
import java.util.Objects;

/** Looks at a value as printing and comparing it would: what is parsed late fails here. */
public final class Reading {
    private Reading() {}

    public static void whole(Object... parts) {
        Objects.requireNonNull(Arrays.toString(parts));
        Objects.requireNonNull(Integer.valueOf(Arrays.hashCode(parts)));
    }
}
