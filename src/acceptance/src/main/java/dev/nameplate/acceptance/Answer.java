package dev.nameplate.acceptance;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An answer that came whole. */
public record Answer(HttpResponse<byte[]> response) {
    public int status() {
        return response.statusCode();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    public byte[] body() {
        return response.body();
    }

    public String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return status() + " " + text().strip();
    }
}
