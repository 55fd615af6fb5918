package dev.nameplate.ca.store;

import java.util.List;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** Many rows by one prepared statement, which PostgreSQL's driver turns into few: a list of statements takes four times as long. */
final class Batches {
    private Batches() {}

    static <R extends Record> void insert(DSLContext sql, Table<R> table, List<R> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Field<?>[] fields = table.fields();
        var batch = sql.batch(sql.insertInto(table).columns(fields).values(new Object[fields.length]));
        for (R row : rows) {
            batch = batch.bind(values(row));
        }
        batch.execute();
    }

    /** {@code Record.intoArray} looks for a mapper anew for every row. */
    private static Object[] values(Record row) {
        return IntStream.range(0, row.size()).mapToObj(row::get).toArray();
    }
}
