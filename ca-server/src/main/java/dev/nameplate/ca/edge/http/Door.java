package dev.nameplate.ca.edge.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.servlet.JavalinServlet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener with a server of its own: its limits, its TLS if it has any, and what is behind it. */
public final class Door implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private final String name;
    private final Server server;
    private final ServerConnector connector;

    private Door(String name, Server server, ServerConnector connector) {
        this.name = name;
        this.server = server;
        this.connector = connector;
    }

    /**
     * A door of Javalin routes behind TLS. An exception that reaches it becomes what {@link Answers} says, in the form
     * given, and so does whatever the limits refuse.
     */
    public static Door https(
            String name, DoorSettings settings, DoorTls tls, Voice voice, Consumer<RoutesConfig> routes) {
        return assemble(name, new Listener(settings, Optional.of(tls), voice, _ -> false), servlet(voice, routes));
    }

    /** A plain door with a Jetty handler behind it. */
    public static Door http(String name, DoorSettings settings, Voice voice, Handler handler) {
        return http(name, settings, voice, handler, _ -> false);
    }

    /** @param opaque which paths, as they are sent, are data that the handler decodes itself */
    public static Door http(
            String name, DoorSettings settings, Voice voice, Handler handler, Predicate<String> opaque) {
        return assemble(name, new Listener(settings, Optional.empty(), voice, opaque), handler);
    }

    /** @throws UncheckedIOException if the address cannot be had; the message names it */
    public Door open() {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new UncheckedIOException(new IOException(
                    "the " + name + " door cannot listen on " + connector.getHost() + ":" + connector.getPort() + ": "
                            + e.getMessage(),
                    e));
        }
        LOG.info("the {} door listens on {}:{}", name, connector.getHost(), port());
        return this;
    }

    /** How many connections wait for their TLS handshake to go on. */
    public int handshakesWaiting() {
        QueuedHandshakes tls = connector.getConnectionFactory(QueuedHandshakes.class);
        return tls == null ? 0 : tls.waiting();
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Takes no more requests, and gives those in work a few seconds. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("the {} door did not close in order: {}", name, e.toString());
        }
    }

    private static Door assemble(String name, Listener listener, Handler handler) {
        Server server = listener.server(name, handler);
        return new Door(name, server, (ServerConnector) server.getConnectors()[0]);
    }

    private static Handler servlet(Voice voice, Consumer<RoutesConfig> routes) {
        Javalin javalin = Javalin.create(config -> configure(config, voice, routes));
        var handler = new ServletContextHandler();
        handler.addServlet(new ServletHolder(new JavalinServlet(javalin.unsafe)), "/*");
        return handler;
    }

    private static void configure(JavalinConfig config, Voice voice, Consumer<RoutesConfig> routes) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = Long.MAX_VALUE; // the gate counted it
        routes.accept(config.routes);
        config.routes.exception(Exception.class, voice::tell);
        config.routes.after(Door::countLength);
    }

    /** Answers are never chunked: many a device cannot read that. */
    private static void countLength(Context ctx) {
        if (ctx.resultInputStream() instanceof ByteArrayInputStream body) {
            ctx.res().setContentLengthLong(body.available());
        }
    }
}
