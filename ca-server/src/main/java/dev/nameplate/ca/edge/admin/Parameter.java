package dev.nameplate.ca.edge.admin;

/**
 * A path or query parameter; every path parameter is required and no query parameter is.
 *
 * @param type one that {@link Words} knows
 */
record Parameter(Place place, String name, Class<?> type, String says) {
    enum Place {
        PATH,
        QUERY
    }

    static Parameter path(String name, Class<?> type, String says) {
        return new Parameter(Place.PATH, name, type, says);
    }

    static Parameter query(String name, Class<?> type, String says) {
        return new Parameter(Place.QUERY, name, type, says);
    }
}
