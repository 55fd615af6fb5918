package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.OPERATOR;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.operator.Operator;
import dev.nameplate.ca.operator.OperatorRegistry;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.OperatorName;
import dev.nameplate.schema.generated.tables.records.OperatorRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Operators, in SQL. */
public final class JooqOperatorRegistry implements OperatorRegistry {
    private final Database database;

    public JooqOperatorRegistry(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(Operator operator, AuditEvent event) {
        return database.writer().write(writing -> {
            if (find(operator.name(), writing.sql()).isPresent()) {
                return false;
            }
            Batches.insert(writing.sql(), OPERATOR, List.of(row(operator)));
            writing.append(event);
            return true;
        });
    }

    @Override
    public boolean remove(OperatorName name, Instant at, AuditEvent event) {
        return database.writer().write(writing -> {
            List<Operator> active =
                    list(writing.sql()).stream().filter(Operator::active).toList();
            if (!mayLeave(name, active)) {
                return false;
            }
            writing.sql()
                    .update(OPERATOR)
                    .set(OPERATOR.REMOVED_AT, Rows.asStored(at))
                    .where(OPERATOR.NAME.eq(name.value()))
                    .execute();
            writing.append(event);
            return true;
        });
    }

    @Override
    public Optional<Operator> find(OperatorName name) {
        return database.read(sql -> find(name, sql));
    }

    @Override
    public List<Operator> list() {
        return database.read(JooqOperatorRegistry::list);
    }

    private static boolean mayLeave(OperatorName name, List<Operator> active) {
        boolean known = active.stream().anyMatch(operator -> operator.name().equals(name));
        boolean adminStays = active.stream()
                .filter(operator -> operator.roles().contains(Role.ADMIN))
                .anyMatch(operator -> !operator.name().equals(name));
        boolean wasAdmin = active.stream()
                .anyMatch(operator ->
                        operator.name().equals(name) && operator.roles().contains(Role.ADMIN));
        return known && (adminStays || !wasAdmin);
    }

    private static Optional<Operator> find(OperatorName name, DSLContext sql) {
        return sql.selectFrom(OPERATOR).where(OPERATOR.NAME.eq(name.value())).fetchOptional(Rows::operator);
    }

    private static List<Operator> list(DSLContext sql) {
        return sql.selectFrom(OPERATOR).orderBy(OPERATOR.NAME).fetch(Rows::operator);
    }

    private static OperatorRecord row(Operator operator) {
        String roles = operator.roles().stream().sorted().map(Role::toString).collect(Collectors.joining(","));
        return new OperatorRecord(
                operator.name().value(), roles, Rows.asStored(operator.addedAt()), Rows.asStored(operator.removedAt()));
    }
}
