package dev.nameplate.ca.cli;

import dev.nameplate.ca.cli.tls.WrongClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operator API seen from outside. Whatever it refuses ends the command. */
final class OperatorDoor implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration DOWNLOAD = Duration.ofMinutes(30);
    private static final int PAGE = 1000;
    private static final int FAULTS = 500;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI base;
    private final HttpClient client;

    OperatorDoor(OperatorConnection connection) {
        this.base = connection.base();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .sslContext(connection.tls())
                .build();
    }

    JsonNode get(String path, Map<String, String> query) {
        return json(send(request(path + queryString(query)).GET(), BodyHandlers.ofByteArray()));
    }

    JsonNode post(String path, Object body) {
        return post(path, Map.of(), body);
    }

    JsonNode post(String path, Map<String, String> query, Object body) {
        HttpRequest.Builder request = request(path + queryString(query))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        return json(send(request, BodyHandlers.ofByteArray()));
    }

    JsonNode delete(String path) {
        return json(send(request(path).DELETE(), BodyHandlers.ofByteArray()));
    }

    /** Shows every page of a list, one after the other. */
    void list(String path, Map<String, String> query, Consumer<JsonNode> page) {
        Map<String, String> parameters = new TreeMap<>(query);
        parameters.put("limit", Integer.toString(PAGE));
        boolean more = true;
        while (more) {
            JsonNode answer = get(path, parameters);
            page.accept(answer.path("items"));
            more = answer.has("next");
            parameters.put("after", answer.path("next").asString(""));
        }
    }

    /** Into a file that must not exist yet; if anything fails on the way, nothing of it stays. */
    void download(String path, Path file) {
        HttpResponse<InputStream> response =
                send(request(path).timeout(DOWNLOAD).GET(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() >= 400) {
                throw failure(response.statusCode(), body.readAllBytes());
            }
            NewFile.closed(file).write(body);
        } catch (IOException e) {
            throw CommandFailedException.fault("the download to " + file + " failed: " + e.getMessage());
        }
    }

    static String segment(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER)
                .header("Accept", "application/json, application/problem+json");
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (ConnectException e) {
            throw CommandFailedException.fault(
                    "the server at " + base + " does not answer; start it with `nameplate serve`");
        } catch (HttpTimeoutException e) {
            throw CommandFailedException.fault("the server at " + base + " did not answer in time");
        } catch (SSLException e) {
            throw CommandFailedException.fault("no trusted TLS connection to " + base + ": " + WrongClock.said(e));
        } catch (IOException e) {
            throw CommandFailedException.fault("the connection to " + base + " broke: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.fault("interrupted");
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        if (response.statusCode() >= 400) {
            throw failure(response.statusCode(), response.body());
        }
        return parse(response.body());
    }

    private static CommandFailedException failure(int status, byte[] body) {
        JsonNode problem = parse(body);
        String says = problem.path("detail").asString("the server answered " + status);
        String line = problem.has("requestId")
                ? says + " (request " + problem.path("requestId").asString("") + ")"
                : says;
        return status >= FAULTS
                ? CommandFailedException.fault(line, problem)
                : CommandFailedException.refused(line, problem);
    }

    private static JsonNode parse(byte[] body) {
        try {
            return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            throw CommandFailedException.fault("the server's answer is no JSON; is this an operator door?");
        }
    }

    private static String queryString(Map<String, String> query) {
        return query.isEmpty()
                ? ""
                : query.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + segment(entry.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
