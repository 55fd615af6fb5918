package dev.nameplate.ca.store;

import dev.nameplate.ca.crl.CrlEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jooq.exception.DataAccessException;

/** Entries of a CRL, row by row. */
final class EntryRows implements Iterator<CrlEntry> {
    private final ResultSet rows;
    private boolean looked;
    private boolean there;

    EntryRows(ResultSet rows) {
        this.rows = rows;
    }

    @Override
    public boolean hasNext() {
        if (!looked) {
            looked = true;
            try {
                there = rows.next();
            } catch (SQLException e) {
                throw new DataAccessException("revoked certificates cannot be read", e);
            }
        }
        return there;
    }

    @Override
    public CrlEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        looked = false;
        try {
            byte[] serial = rows.getBytes(1);
            long revokedAt = rows.getLong(2);
            int reason = rows.getInt(3);
            long invalidAt = rows.getLong(4);
            return CrlEntry.of(serial, revokedAt, reason, rows.wasNull() ? CrlEntry.NOWHEN : invalidAt);
        } catch (SQLException e) {
            throw new DataAccessException("a revoked certificate cannot be read", e);
        }
    }
}
