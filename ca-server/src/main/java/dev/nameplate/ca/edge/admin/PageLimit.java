package dev.nameplate.ca.edge.admin;

/** How many to list at most: 1 to 1000, and 100 if nobody says. */
record PageLimit(int value) {
    static final int MOST = 1000;
    static final PageLimit USUAL = new PageLimit(100);

    PageLimit {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException("limit is not 1 to " + MOST);
        }
    }

    static PageLimit parse(String text) {
        if (!text.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("limit is not 1 to " + MOST);
        }
        return new PageLimit(Integer.parseInt(text));
    }
}
