package dev.nameplate.bench;

import dev.nameplate.bench.Window.Party;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The reference for handshakes: nginx that insists on a client certificate, with OpenSSL at both ends. */
final class Nginx {
    private static final int CLIENTS = 4;
    private static final Pattern CONNECTIONS = Pattern.compile("(\\d+) connections in \\d+ real seconds");

    private final Commands commands;
    private final Scratch scratch;
    private final Cleanup cleanup;
    private int counter;

    Nginx(Commands commands, Scratch scratch, Cleanup cleanup) {
        this.commands = commands;
        this.scratch = scratch;
        this.cleanup = cleanup;
    }

    /**
     * One handshake each.
     *
     * @param cpuMillis of nginx, per handshake
     */
    record Handshakes(double perSecond, double cpuMillis) {}

    /** By OpenSSL's own client, which costs little, and by the client that measures the product. */
    record Result(List<Handshakes> byOpenssl, List<Handshakes> byThisClient) {}

    Result measure(Options options, Duration window) {
        SmallCa ca = new SmallCa("Bench CA");
        write(ca, "server", "localhost");
        write(ca, "client", "client");
        scratch.write("nginx-ca.pem", SmallCa.pem(ca.certificate()));
        int port = Ports.free();
        Child nginx = start(port);
        byOpenssl(nginx, port, Duration.ofSeconds(1));
        List<Handshakes> byOpenssl = repeat(options, () -> byOpenssl(nginx, port, window));
        List<Handshakes> byThisClient = byThisClient(nginx, port, ca, options, window);
        nginx.stop();
        return new Result(byOpenssl, byThisClient);
    }

    private Child start(int port) {
        Path configuration = scratch.write("nginx.conf", configuration(port));
        Path program = Commands.find("nginx", List.of(Path.of("/usr/sbin"))).orElseThrow();
        Child nginx = commands.start(
                cleanup,
                "nginx",
                Map.of(),
                List.of(program.toString(), "-p", scratch.directory().toString(), "-c", configuration.toString()));
        Waiting.until("nginx listens", nginx, () -> Reach.listens(port));
        return nginx;
    }

    private List<Handshakes> byThisClient(Child nginx, int port, SmallCa ca, Options options, Duration window) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        ClientTls tls = new ClientTls();
        Identity identity = ca.identityFor("client");
        List<BareClient> clients = IntStream.range(0, options.clients)
                .mapToObj(_ -> new BareClient(address, tls, identity))
                .toList();
        try (Load load = new Load(clients, Map.of(Party.SERVER, () -> ProcFs.cpuOfFamily(nginx.pid())))) {
            load.run(options.warmUp().dividedBy(2), 0);
            return repeat(options, () -> {
                Window measured = load.run(window, 0);
                return new Handshakes(measured.perSecond(), measured.cpuMillisPerRequest(Party.SERVER));
            });
        }
    }

    private static List<Handshakes> repeat(Options options, Supplier<Handshakes> window) {
        return Stream.generate(window).limit(options.windows).toList();
    }

    private Handshakes byOpenssl(Child nginx, int port, Duration time) {
        Duration before = ProcFs.cpuOfFamily(nginx.pid());
        long begin = System.nanoTime();
        List<Child> clients = IntStream.range(0, CLIENTS)
                .mapToObj(number -> client(port, time, number))
                .toList();
        long connections = clients.stream().mapToLong(Nginx::connections).sum();
        double seconds = (System.nanoTime() - begin) / 1e9;
        Duration spent = ProcFs.cpuOfFamily(nginx.pid()).minus(before);
        return new Handshakes(connections / seconds, spent.toNanos() / 1e6 / connections);
    }

    private void write(SmallCa ca, String name, String commonName) {
        var keys = Native.keyPair();
        scratch.write("nginx-" + name + ".key", SmallCa.pem(keys));
        scratch.write("nginx-" + name + ".pem", SmallCa.pem(ca.certificateFor(commonName, keys)));
    }

    private String configuration(int port) {
        return """
                daemon off;
                user root;
                worker_processes auto;
                pid DIR/nginx.pid;
                error_log DIR/nginx.error.log crit;
                events { worker_connections 1024; }
                http {
                    access_log off;
                    client_body_temp_path DIR/nginx-body;
                    proxy_temp_path DIR/nginx-proxy;
                    fastcgi_temp_path DIR/nginx-fastcgi;
                    uwsgi_temp_path DIR/nginx-uwsgi;
                    scgi_temp_path DIR/nginx-scgi;
                    server {
                        listen 127.0.0.1:PORT ssl backlog=1024;
                        ssl_protocols TLSv1.3;
                        ssl_ecdh_curve X25519;
                        ssl_certificate DIR/nginx-server.pem;
                        ssl_certificate_key DIR/nginx-server.key;
                        ssl_client_certificate DIR/nginx-ca.pem;
                        ssl_verify_client on;
                        ssl_session_cache off;
                        ssl_session_tickets off;
                        location / { return 200 "ok"; }
                    }
                }
                """.replace("DIR", scratch.directory().toString())
                .replace("user root;", Commands.asNobody().isEmpty() ? "" : "user root;")
                .replace("PORT", Integer.toString(port));
    }

    /** New connections one after the other, each with a small request, so that nginx must have seen the certificate. */
    private Child client(int port, Duration time, int number) {
        return commands.start(
                cleanup,
                "s_time-" + time.toSeconds() + "-" + counter++ + "-" + number,
                Map.of(),
                List.of(
                        "openssl",
                        "s_time",
                        "-connect",
                        "127.0.0.1:" + port,
                        "-new",
                        "-tls1_3",
                        "-cert",
                        scratch.path("nginx-client.pem").toString(),
                        "-key",
                        scratch.path("nginx-client.key").toString(),
                        "-www",
                        "/",
                        "-time",
                        Long.toString(time.toSeconds())));
    }

    private static long connections(Child client) {
        try {
            client.process().waitFor();
            Matcher counted = CONNECTIONS.matcher(client.lastLines());
            if (client.process().exitValue() != 0 || !counted.find()) {
                throw new IllegalStateException("openssl s_time failed: " + client.lastLines());
            }
            return Long.parseLong(counted.group(1));
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
