package dev.nameplate.schema;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import org.jooq.Binding;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingGetSQLInputContext;
import org.jooq.BindingGetStatementContext;
import org.jooq.BindingRegisterContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetSQLOutputContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.Converters;

/**
 * Binary columns as plain octets. jOOQ hands them to H2 as large objects, and every one of those stays in the session until it
 * ends.
 */
public final class Octets implements Binding<byte[], byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public Converter<byte[], byte[]> converter() {
        return Converters.identity(byte[].class);
    }

    @Override
    public void sql(BindingSQLContext<byte[]> context) {
        context.render().sql(context.variable());
    }

    @Override
    public void register(BindingRegisterContext<byte[]> context) throws SQLException {
        context.statement().registerOutParameter(context.index(), Types.VARBINARY);
    }

    @Override
    public void set(BindingSetStatementContext<byte[]> context) throws SQLException {
        context.statement().setBytes(context.index(), context.value());
    }

    @Override
    public void get(BindingGetResultSetContext<byte[]> context) throws SQLException {
        context.value(context.resultSet().getBytes(context.index()));
    }

    @Override
    public void get(BindingGetStatementContext<byte[]> context) throws SQLException {
        context.value(context.statement().getBytes(context.index()));
    }

    @Override
    public void set(BindingSetSQLOutputContext<byte[]> context) throws SQLException {
        throw new SQLFeatureNotSupportedException("octets inside user-defined types");
    }

    @Override
    public void get(BindingGetSQLInputContext<byte[]> context) throws SQLException {
        throw new SQLFeatureNotSupportedException("octets inside user-defined types");
    }
}
