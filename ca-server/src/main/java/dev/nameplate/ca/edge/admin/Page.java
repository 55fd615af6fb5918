package dev.nameplate.ca.edge.admin;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param next what to give as {@code after} for the next page; absent on the last
 */
record Page<T>(List<T> items, Optional<String> next) {
    Page {
        items = List.copyOf(items);
    }

    /**
     * @param found one more than the limit, if there are as many: so the last page is known
     * @param key what the list is ordered by
     */
    static <F, T> Page<T> of(List<F> found, PageLimit limit, Function<F, ?> key, Function<F, T> view) {
        boolean more = found.size() > limit.value();
        List<F> shown = more ? found.subList(0, limit.value()) : found;
        Optional<String> next = more ? Optional.of(key.apply(shown.getLast()).toString()) : Optional.empty();
        return new Page<>(shown.stream().map(view).toList(), next);
    }

    /** @param found at most the limit: as many may be followed by more, or by an empty page */
    static <F, T> Page<T> full(List<F> found, PageLimit limit, Function<F, ?> key, Function<F, T> view) {
        Optional<String> next = found.size() == limit.value()
                ? Optional.of(key.apply(found.getLast()).toString())
                : Optional.empty();
        return new Page<>(found.stream().map(view).toList(), next);
    }
}
