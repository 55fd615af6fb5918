package dev.nameplate.ca.config;

import java.util.List;

/** The settings cannot be used as they are: everything that is wrong with them, each by its path. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each, as in {@code doors.device.port: ...}. */
    public List<String> problems() {
        return problems;
    }
}
