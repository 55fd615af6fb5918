package dev.nameplate.ca.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.SQLDialect;

/** What differs between the databases. */
interface Engine {
    SQLDialect dialect();

    /** New connections, from no pool. */
    DataSource connections();

    /** Where migrations are, besides those for all. */
    String[] migrations();

    /** Readies the writer's connection. */
    void prepareWriter(Connection connection) throws SQLException;

    /** Returns when everything committed on this connection is on the disk. */
    void makeDurable(Connection connection) throws SQLException;

    /** After a commit that may be in memory but not on the disk: forgets the memory, so that readers see what the disk has. */
    void forget(Connection connection) throws SQLException;

    /** Readies a reader's connection for a result that does not fit in memory. */
    void beginStream(Connection connection) throws SQLException;

    /** Undoes {@link #beginStream}, also after a failure. */
    void endStream(Connection connection) throws SQLException;

    /** As it stands in messages: no credentials. */
    String place();
}
