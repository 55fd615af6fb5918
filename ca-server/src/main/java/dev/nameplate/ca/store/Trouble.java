package dev.nameplate.ca.store;

import dev.nameplate.ca.issuance.LedgerUnavailableException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says in one line what is wrong with the database. */
final class Trouble {
    private static final int H2_LOCKED = 90020;

    /** Connection broken, database closed, database closing. */
    private static final Set<Integer> H2_ENDED = Set.of(90067, 90098, 90121);

    private final String place;

    Trouble(String place) {
        this.place = place;
    }

    LedgerUnavailableException of(Throwable cause) {
        return new LedgerUnavailableException("database " + place + " " + reason(cause), cause);
    }

    /** Did the database end the connection, as one does that stops, rather than refuse a statement? */
    boolean isLostConnection(Throwable cause) {
        SQLException sql = sqlExceptionIn(cause);
        return sql != null
                && (H2_ENDED.contains(sql.getErrorCode())
                        || stateClass(sql).equals("08")
                        || stateClass(sql).equals("57"));
    }

    private static String reason(Throwable cause) {
        SQLException sql = sqlExceptionIn(cause);
        if (sql != null && sql.getErrorCode() == H2_LOCKED) {
            return "is open in another nameplate process; only one can use an embedded database at a time";
        }
        String root = firstLine(rootOf(cause));
        return switch (sql == null ? "" : stateClass(sql)) {
            case "08", "57" -> "cannot be reached now: " + root;
            case "28", "3D" -> "does not let us in: " + root;
            case "53" -> "is full or overloaded: " + root;
            default -> "cannot be used now: " + root;
        };
    }

    /** The first two characters of a SQLSTATE say what kind it is. */
    private static String stateClass(SQLException sql) {
        String state = sql.getSQLState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
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
