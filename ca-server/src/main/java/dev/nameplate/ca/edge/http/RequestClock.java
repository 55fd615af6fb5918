package dev.nameplate.ca.edge.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose requests do not arrive in time. An idle timeout alone is not enough: a client that sends one
 * byte now and then is never idle (slow loris).
 */
final class RequestClock extends AbstractLifeCycle implements Connection.Listener, Runnable {
    private static final int CHECKS_PER_LIMIT = 8;
    private final Map<Connection, Deadline> deadlines = new ConcurrentHashMap<>();
    private final ServerConnector connector;
    private final Duration arrival;
    private final Duration idle;
    private volatile Scheduler.@Nullable Task next;

    RequestClock(ServerConnector connector, DoorSettings settings) {
        this.connector = connector;
        this.arrival = settings.requests().arrivalTime();
        this.idle = settings.connections().idleTime();
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData) {
            deadlines.put(connection, new Deadline(arrival));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        deadlines.remove(connection);
    }

    /** The header is here, the body is awaited. */
    void headerArrived(Connection connection) {
        set(connection, arrival);
    }

    /** From here on it is the handler's time. */
    void requestArrived(Connection connection) {
        Deadline deadline = deadlines.get(connection);
        if (deadline != null) {
            deadline.lift();
        }
    }

    /** The connection may rest, and then the next header may take its time. */
    void answered(Connection connection) {
        set(connection, idle.plus(arrival));
    }

    @Override
    public void run() {
        long now = System.nanoTime();
        deadlines.forEach((connection, deadline) -> {
            if (deadline.passed(now)) {
                connection.getEndPoint().close(new TimeoutException("the request did not arrive within " + arrival));
            }
        });
        schedule();
    }

    @Override
    protected void doStart() {
        schedule();
    }

    @Override
    protected void doStop() {
        Scheduler.Task task = next;
        if (task != null) {
            task.cancel();
        }
    }

    private void set(Connection connection, Duration allowed) {
        Deadline deadline = deadlines.get(connection);
        if (deadline != null) {
            deadline.set(allowed);
        }
    }

    private void schedule() {
        if (isRunning() || isStarting()) {
            long millis = Math.max(20, arrival.toMillis() / CHECKS_PER_LIMIT);
            next = connector.getScheduler().schedule(this, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Written by the connection's threads, read by the clock's. */
    private static final class Deadline {
        private volatile long at;
        private volatile boolean lifted;

        Deadline(Duration allowed) {
            at = System.nanoTime() + allowed.toNanos();
        }

        void set(Duration allowed) {
            at = System.nanoTime() + allowed.toNanos();
            lifted = false;
        }

        void lift() {
            lifted = true;
        }

        boolean passed(long now) {
            return !lifted && now - at > 0;
        }
    }
}
