package dev.nameplate.acceptance.torture;

import dev.nameplate.acceptance.Answer;
import dev.nameplate.acceptance.OperatorApi;
import dev.nameplate.acceptance.ProductHome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the CA knows of a batch, beside what its stations know. */
final class LineRecords implements AutoCloseable {
    private final OperatorApi api;
    private final String batch;

    LineRecords(ProductHome home, String batch) {
        this.api = home.operatorApi();
        this.batch = batch;
    }

    List<String> faults(Work work, int quota) throws IOException {
        List<String> faults = new ArrayList<>();
        Map<String, String> states = new HashMap<>();
        pages(
                "/api/v1/batches/" + batch + "/units?limit=1000",
                unit -> states.put(
                        unit.path("id").asString(),
                        unit.path("state").asString() + " "
                                + unit.path("serial").asString("")));
        Map<String, List<String>> valid = validCertificates();
        work.good().forEach((unit, serial) -> {
            if (!("verified " + serial).equals(states.get(unit))) {
                faults.add(unit + " is verified with " + serial + ", and recorded as " + states.get(unit));
            }
            if (!List.of(serial).equals(valid.get(unit))) {
                faults.add(unit + " has these valid certificates instead of " + serial + ": " + valid.get(unit));
            }
        });
        long verified = states.values().stream()
                .filter(state -> state.startsWith("verified"))
                .count();
        long scrapped = states.values().stream()
                .filter(state -> state.startsWith("scrapped"))
                .count();
        if (verified != work.verified() || scrapped != work.scrapped() || states.size() != quota) {
            faults.add("the stations count %d verified and %d scrapped, the CA %d and %d of %d"
                    .formatted(work.verified(), work.scrapped(), verified, scrapped, states.size()));
        }
        JsonNode report = json(api.get("/api/v1/batches/" + batch));
        if (report.at("/batch/quota/used").asInt() != quota
                || report.at("/total/issued").asInt() != quota) {
            faults.add("the quota of " + quota + " is counted as " + report.at("/batch/quota") + ", issued "
                    + report.at("/total/issued"));
        }
        return faults;
    }

    /** Serials by unit. */
    private Map<String, List<String>> validCertificates() throws IOException {
        Map<String, List<String>> valid = new HashMap<>();
        pages("/api/v1/certificates?limit=1000", certificate -> {
            String holder = certificate.path("holder").asString("");
            if (holder.startsWith("device:unit-") && !certificate.has("revoked")) {
                valid.computeIfAbsent(holder.substring("device:".length()), _ -> new ArrayList<>())
                        .add(certificate.path("serial").asString());
            }
        });
        return valid;
    }

    private void pages(String path, Consumer<JsonNode> item) throws IOException {
        JsonNode page = json(api.get(path));
        page.path("items").forEach(item);
        while (page.has("next")) {
            page = json(api.get(path + "&after=" + page.path("next").asString()));
            page.path("items").forEach(item);
        }
    }

    private static JsonNode json(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError("the operator door refuses: " + answer);
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public void close() {
        api.close();
    }
}
