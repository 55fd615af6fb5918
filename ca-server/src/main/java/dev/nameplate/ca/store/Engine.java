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

    /** As it stands in messages: no credentials. */
    String place();
}
