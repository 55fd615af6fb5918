package dev.nameplate.ca.edge.admin;

/** A reason in an operator's words: 1 to 200 printable characters. */
record Remark(String value) {
    Remark {
        if (!value.matches("[\\P{Cntrl}&&[^\\uFFFD]]{1,200}")) {
            throw new IllegalArgumentException("a reason has 1 to 200 printable characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
