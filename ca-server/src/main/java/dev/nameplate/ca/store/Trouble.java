package dev.nameplate.ca.store;

import dev.nameplate.ca.issuance.LedgerUnavailableException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says in one line what is wrong with the database. */
final class Trouble {
    private static final int H2_LOCKED = 90020;

    private final String place;

    Trouble(String place) {
        this.place = place;
    }

    LedgerUnavailableException of(Throwable cause) {
        return new LedgerUnavailableException("database " + place + " " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        SQLException sql = sqlExceptionIn(cause);
        if (sql != null && sql.getErrorCode() == H2_LOCKED) {
            return "is open in another nameplate process; only one can use an embedded database at a time";
        }
        String state = sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
        String root = firstLine(rootOf(cause));
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08", "57" -> "cannot be reached now: " + root;
            case "28", "3D" -> "does not let us in: " + root;
            case "53" -> "is full or overloaded: " + root;
            default -> "cannot be used now: " + root;
        };
    }

    private static @Nullable SQLException sqlExceptionIn(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static Throwable rootOf(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage())
                .lines()
                .findFirst()
                .orElseGet(() -> cause.getClass().getSimpleName());
    }
}
