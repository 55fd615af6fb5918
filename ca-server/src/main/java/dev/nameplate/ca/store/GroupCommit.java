package dev.nameplate.ca.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one group after the other on a connection of its own, which it replaces after every failure. One thread. */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final Settings SETTINGS = new Settings().withInListPadding(true);

    private final Engine engine;
    private final Settling settling;
    private final Trouble trouble;
    private final Trail trail = new Trail();
    private @Nullable Connection connection;
    private boolean failing;

    GroupCommit(Engine engine, Settling settling, Trouble trouble) {
        this.engine = engine;
        this.settling = settling;
        this.trouble = trouble;
    }

    /** Answers every task of the group; one that fails does not take its neighbours along. */
    void commit(List<Task> group) {
        try {
            write(group).forEach(Runnable::run);
            succeeded();
        } catch (UnconfirmedException e) {
            failed(group, e.getCause() == null ? e : e.getCause());
        } catch (SQLException | RuntimeException e) {
            rollBack();
            if (group.size() > 1 && connection != null) {
                List.copyOf(group).forEach(task -> commit(List.of(task)));
            } else {
                failed(group, e);
            }
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("the writer's connection was broken already", e);
            }
        }
    }

    private List<Runnable> write(List<Task> group) throws SQLException, UnconfirmedException {
        Connection open = open();
        DSLContext sql = DSL.using(open, engine.dialect(), SETTINGS);
        var last = trail.lock(sql);
        var writing = new Writing(sql);
        List<Runnable> answers = apply(group, writing);
        if (!writing.events().isEmpty()) {
            trail.append(sql, last, writing.events());
        }
        confirm(open);
        return answers;
    }

    private static List<Runnable> apply(List<Task> group, Writing writing) {
        List<Task.Recorded> recordings = new ArrayList<>();
        List<Task.NoteUse> notes = new ArrayList<>();
        List<Task.OfUnit> units = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>(group.size());
        for (Task task : group) {
            switch (task) {
                case Task.Recorded recording -> recordings.add(recording);
                case Task.NoteUse note -> notes.add(note);
                case Task.OfUnit unit -> units.add(unit);
                case Task.Alone<?> alone -> answers.add(alone.apply(writing));
            }
        }
        if (!recordings.isEmpty()) {
            answers.addAll(Recordings.apply(writing, recordings));
        }
        answers.addAll(UnitRound.apply(writing, units));
        if (!notes.isEmpty()) {
            FirstUses.apply(writing, notes);
        }
        return answers;
    }

    /** From the commit on nobody can say what will be found, should this fail: it is taken back where that is possible. */
    private void confirm(Connection open) throws UnconfirmedException {
        settling.begin();
        try {
            open.commit();
            engine.makeDurable(open);
            settling.settled();
        } catch (SQLException | RuntimeException e) {
            forget(open, e);
            settling.takenBack();
            throw new UnconfirmedException(e);
        }
    }

    private void forget(Connection open, Exception cause) {
        try {
            engine.forget(open);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        close();
    }

    private Connection open() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = engine.connections().getConnection();
            connection = open;
            engine.prepareWriter(open);
        }
        return open;
    }

    /** Keeps the connection only if it still works. */
    private void rollBack() {
        Connection open = connection;
        if (open == null) {
            return;
        }
        try {
            open.rollback();
            if (!open.isValid(1)) {
                close();
            }
        } catch (SQLException e) {
            LOG.debug("the writer's connection is broken", e);
            close();
        }
    }

    private void succeeded() {
        if (failing) {
            failing = false;
            LOG.info("database {} can be written again", engine.place());
        }
    }

    private void failed(List<Task> group, Throwable cause) {
        boolean ours = cause instanceof RuntimeException && !(cause instanceof DataAccessException);
        if (!ours && !failing) {
            failing = true;
            LOG.error(
                    "{}; changes are refused until it works again",
                    trouble.of(cause).getMessage());
        }
        for (Task task : group) {
            task.fail(ours ? (RuntimeException) cause : trouble.of(cause));
        }
    }

    /** The commit, or the sync after it, failed. */
    private static final class UnconfirmedException extends Exception {
        private static final long serialVersionUID = 1L;

        UnconfirmedException(Exception cause) {
            super(cause);
        }
    }
}
