package dev.nameplate.ca.store;

import java.util.List;
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
            batch = batch.bind(row.intoArray());
        }
        batch.execute();
    }
}
