package dev.nameplate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The reference for kept answers: nginx that serves the same octets as files, at the same paths. */
final class NginxFiles {
    private final Path directory;
    private final int port = Ports.free();
    private final Child nginx;

    private NginxFiles(Path directory, Commands commands, Scratch scratch, Cleanup cleanup) {
        this.directory = directory;
        Path configuration = scratch.write("nginx-files.conf", configuration(scratch));
        Path program = Commands.find("nginx", List.of(Path.of("/usr/sbin"))).orElseThrow();
        this.nginx = commands.start(
                cleanup,
                "nginx-files",
                Map.of(),
                List.of(program.toString(), "-p", scratch.directory().toString(), "-c", configuration.toString()));
        Waiting.until("nginx listens", nginx, () -> Reach.listens(port));
    }

    static NginxFiles start(Commands commands, Scratch scratch, Cleanup cleanup) {
        return new NginxFiles(scratch.path("www"), commands, scratch, cleanup);
    }

    int port() {
        return port;
    }

    Duration cpu() {
        return ProcFs.cpuOfFamily(nginx.pid());
    }

    void add(String path, byte[] content) {
        Path file = directory.resolve(
                URLDecoder.decode(path, StandardCharsets.US_ASCII).substring(1));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration(Scratch scratch) {
        return """
                daemon off;
                user root;
                worker_processes auto;
                pid DIR/nginx-files.pid;
                error_log DIR/nginx-files.error.log crit;
                events { worker_connections 1024; }
                http {
                    access_log off;
                    sendfile on;
                    tcp_nopush on;
                    keepalive_requests 1000000000;
                    types { }
                    default_type application/ocsp-response;
                    client_body_temp_path DIR/nginx-body;
                    proxy_temp_path DIR/nginx-proxy;
                    fastcgi_temp_path DIR/nginx-fastcgi;
                    uwsgi_temp_path DIR/nginx-uwsgi;
                    scgi_temp_path DIR/nginx-scgi;
                    server {
                        listen 127.0.0.1:PORT;
                        root DIR/www;
                        add_header Cache-Control "max-age=600, public, no-transform, must-revalidate";
                    }
                }
                """.replace("DIR", scratch.directory().toString())
                .replace("user root;", Commands.asNobody().isEmpty() ? "" : "user root;")
                .replace("PORT", Integer.toString(port));
    }
}
