package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.NODE;

import dev.nameplate.ca.revocation.NodeId;
import dev.nameplate.ca.revocation.Nodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The processes on one database. An embedded one has one process. */
public final class JooqNodes implements Nodes, AutoCloseable {
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private final Database database;
    private @Nullable Connection listening;

    public JooqNodes(Database database) {
        this.database = database;
    }

    @Override
    public boolean several() {
        return database.engine().dialect() == SQLDialect.POSTGRES;
    }

    @Override
    public void renew(NodeId node, long seen, Duration lease) {
        Field<Instant> until = fromNow(lease);
        database.read(sql -> sql.insertInto(NODE)
                .columns(NODE.ID, NODE.STARTED_AT, NODE.SEEN_CHANGE, NODE.LEASE_UNTIL)
                .values(DSL.val(node.value()), fromNow(Duration.ZERO), DSL.val(seen), until)
                .onConflict(NODE.ID)
                .doUpdate()
                .set(NODE.SEEN_CHANGE, seen)
                .set(NODE.LEASE_UNTIL, until)
                .execute());
    }

    @Override
    public boolean anyBehind(NodeId node, long number) {
        return database.read(sql -> sql.fetchExists(
                NODE,
                NODE.ID
                        .ne(node.value())
                        .and(NODE.SEEN_CHANGE.lt(number))
                        .and(NODE.LEASE_UNTIL.gt(fromNow(Duration.ZERO)))));
    }

    /** With it go those that ended without a word. */
    @Override
    public void leave(NodeId node) {
        database.read(sql -> sql.deleteFrom(NODE)
                .where(NODE.ID.eq(node.value()))
                .or(NODE.LEASE_UNTIL.lt(fromNow(FORGOTTEN.negated())))
                .execute());
    }

    @Override
    public void awaitNews(Duration atMost) {
        try {
            Connection open = listening();
            open.unwrap(PGConnection.class).getNotifications(Math.toIntExact(Math.max(1, atMost.toMillis())));
        } catch (SQLException e) {
            close();
            throw database.trouble().of(e);
        }
    }

    @Override
    public void close() {
        Connection open = listening;
        listening = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw database.trouble().of(e);
            }
        }
    }

    private Connection listening() throws SQLException {
        Connection open = listening;
        if (open == null) {
            open = database.engine().connections().getConnection();
            listening = open;
            try (Statement statement = open.createStatement()) {
                statement.execute("listen " + StandingChanges.CHANNEL);
            }
        }
        return open;
    }

    /** By the clock of the database, which is the same for all. */
    private static Field<Instant> fromNow(Duration from) {
        String seconds = String.format(Locale.ROOT, "%.3f", from.toMillis() / 1000.0);
        return DSL.field("clock_timestamp() + interval '" + seconds + " seconds'", NODE.LEASE_UNTIL.getDataType());
    }
}
