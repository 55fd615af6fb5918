package dev.nameplate.ca.store;

/** Something to write in one piece; it may be tried again after a rollback, so it does nothing but write. */
@FunctionalInterface
interface Change<T> {
    T apply(Writing writing);
}
