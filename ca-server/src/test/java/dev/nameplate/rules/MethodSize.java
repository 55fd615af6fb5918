package dev.nameplate.rules;

/**
 * How big one method or constructor is, or the head of one record.
 *
 * @param where file, type and name, for the message
 * @param lines from its return type to its closing brace, Javadoc and annotations left out; 0 for the head of a record
 * @param mostParameters how many it may take
 */
record MethodSize(String where, int lines, int parameters, int mostParameters) {
    private static final int METHOD_TAKES = 5;
    private static final int CONSTRUCTOR_TAKES = 8;

    static MethodSize method(String where, int lines, int parameters) {
        return new MethodSize(where, lines, parameters, METHOD_TAKES);
    }

    static MethodSize constructor(String where, int lines, int parameters) {
        return new MethodSize(where, lines, parameters, CONSTRUCTOR_TAKES);
    }

    static MethodSize recordHead(String where, int components) {
        return new MethodSize(where, 0, components, CONSTRUCTOR_TAKES);
    }

    boolean hasBody() {
        return lines > 0;
    }

    boolean takesTooMuch() {
        return parameters > mostParameters;
    }

    @Override
    public String toString() {
        return where + ": " + lines + " lines, " + parameters + " parameters";
    }
}
