package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.edge.http.Answer;
import dev.nameplate.ca.edge.http.Answers;
import dev.nameplate.ca.factory.Batch;
import dev.nameplate.ca.factory.BatchChange;
import dev.nameplate.ca.factory.Closing;
import dev.nameplate.ca.factory.Harvest;
import dev.nameplate.ca.factory.Unit;
import dev.nameplate.ca.factory.UnitQuery;
import dev.nameplate.ca.factory.UnitRecord;
import dev.nameplate.ca.factory.UnitState;
import dev.nameplate.ca.factory.WorkOrders;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.BatchName;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.pki.Keys;
import dev.nameplate.ca.refusal.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Batches: create, list, show, pause, open, bind, close, export. */
final class BatchOperations {
    private static final String GROUP = "batches";
    private static final String PATH = "/api/v1/batches";
    private static final String ONE = PATH + "/{batch}";
    private static final int PAGE = 500;
    static final Parameter BATCH = Parameter.path("batch", BatchName.class, "the batch");

    private final WorkOrders orders;
    private final Closing closing;

    BatchOperations(WorkOrders orders, Closing closing) {
        this.orders = orders;
        this.closing = closing;
    }

    List<Operation> all() {
        return Stream.concat(overview().stream(), changes().stream()).toList();
    }

    private List<Operation> changes() {
        return List.of(
                changing("state", "setBatchState", "Pauses a batch, or opens it again.")
                        .taking(NewBatchState.class)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The batch.", BatchView.class), this::set),
                changing("stations", "bindBatch", "Says for which stations a batch is.")
                        .taking(NewStations.class)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The batch.", BatchView.class), this::bind),
                changing("list", "listBatchUnits", "Puts ids on the list of a batch that has one.")
                        .taking(NewUnits.class)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The batch.", BatchView.class), this::allow),
                changing("keys", "harvestKeys", "Takes in public keys that the factory read off its units.")
                        .taking(NewKeys.class)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("What became of them.", HarvestView.class), this::harvest),
                changing("closing", "closeBatch", "Closes a batch for good. The same call again gives the same record.")
                        .taking(NewClosing.class)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The signed record.", ClosedBatch.class), this::close));
    }

    private List<Operation> overview() {
        return List.of(
                Operation.post(GROUP, PATH)
                        .called("createBatch", "Makes a work order.")
                        .taking(NewBatch.class)
                        .refusing(409)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.created("The batch.", BatchView.class), this::create),
                Operation.get(GROUP, PATH)
                        .called("listBatches", "Lists batches in the order of their names.")
                        .paged(BatchName.class)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("Batches.", Page.class, BatchView.class), this::list),
                Operation.get(GROUP, ONE)
                        .called("showBatch", "Shows a batch in numbers: states, yield, scrap, retries, takt.")
                        .with(BATCH)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("The batch.", BatchReportView.class), this::show),
                Operation.get(GROUP, ONE + "/units")
                        .called("listUnits", "Lists units of a batch in the order of their ids.")
                        .with(BATCH)
                        .with(Parameter.query("state", UnitState.class, "only those in this state"))
                        .with(Parameter.query(
                                "overdue-at",
                                Instant.class,
                                "only those whose time to prove that they have their key was over then"))
                        .paged(DeviceId.class)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("Units.", Page.class, UnitView.class), this::units),
                Operation.get(GROUP, ONE + "/export")
                        .called("exportBatch", "The record of every unit, one canonical JSON object a line.")
                        .with(BATCH)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.text("The records.", "application/x-ndjson"), this::export));
    }

    private static Draft changing(String what, String id, String summary) {
        return Operation.post(GROUP, ONE + "/" + what)
                .called(id, summary)
                .with(BATCH)
                .refusing(404, 409);
    }

    private Result create(Call call) {
        NewBatch body = call.body(NewBatch.class);
        return result(orders.create(body.name(), body.order(), Set.copyOf(body.stations()), call.cause()));
    }

    private Result list(Call call) {
        PageLimit limit = call.limit();
        List<Batch> found = orders.list(call.query("after", BatchName.class), limit.value() + 1);
        return new Result.Done(Page.of(found, limit, Batch::name, BatchView::of));
    }

    private Result show(Call call) {
        BatchName name = call.path("batch", BatchName.class);
        return orders.report(name)
                .<Result>map(report -> new Result.Done(BatchReportView.of(report)))
                .orElseGet(() -> noBatch(name));
    }

    private Result set(Call call) {
        BatchName name = call.path("batch", BatchName.class);
        return switch (call.body(NewBatchState.class).state()) {
            case OPEN -> result(orders.open(name, call.cause()));
            case PAUSED -> result(orders.pause(name, call.cause()));
            case CLOSING, CLOSED -> throw MalformedCallException.field("state", "state: is open or paused");
        };
    }

    private Result bind(Call call) {
        NewStations body = call.body(NewStations.class);
        return result(orders.bind(call.path("batch", BatchName.class), Set.copyOf(body.stations()), call.cause()));
    }

    private Result allow(Call call) {
        NewUnits body = call.body(NewUnits.class);
        return result(orders.allow(call.path("batch", BatchName.class), Set.copyOf(body.ids()), call.cause()));
    }

    private Result harvest(Call call) {
        BatchName name = call.path("batch", BatchName.class);
        List<Harvest.Reading> readings = call.body(NewKeys.class).units().stream()
                .map(BatchOperations::reading)
                .toList();
        List<Harvest.Result> results = orders.harvest(name, readings, call.caller(), call.cause());
        if (results.size() < readings.size()) {
            return noBatch(name);
        }
        List<HarvestView.RefusedKey> refused = results.stream()
                .filter(result -> result.refusal().isPresent())
                .map(BatchOperations::refused)
                .toList();
        return new Result.Done(new HarvestView((long) results.size() - refused.size(), refused));
    }

    private static HarvestView.RefusedKey refused(Harvest.Result result) {
        Answer answer = Answers.of(result.refusal().orElseThrow());
        return new HarvestView.RefusedKey(result.unit(), Problem.TYPES + answer.type(), answer.text());
    }

    private static Harvest.Reading reading(NewKeys.ReadKey read) {
        try {
            var key = SubjectPublicKeyInfo.getInstance(Base64.getDecoder().decode(read.key()));
            return new Harvest.Reading(
                    read.unit(), Keys.hashOf(key), read.attributes().orElse(Map.of()));
        } catch (IllegalArgumentException e) {
            throw MalformedCallException.field("units", "units: " + read.unit() + ": " + e.getMessage());
        }
    }

    private Result close(Call call) {
        BatchName name = call.path("batch", BatchName.class);
        return switch (closing.close(name, call.body(NewClosing.class).rest(), call.cause())) {
            case Closing.Outcome.Closed(var record) ->
                new Result.Done(new ClosedBatch(name, Base64.getEncoder().encodeToString(record)));
            case Closing.Outcome.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }

    private Result units(Call call) {
        PageLimit limit = call.limit();
        List<Unit> found = orders.units(new UnitQuery(
                call.path("batch", BatchName.class),
                call.query("state", UnitState.class),
                call.query("overdue-at", Instant.class),
                call.query("after", DeviceId.class),
                limit.value() + 1));
        return new Result.Done(Page.of(found, limit, Unit::id, UnitView::of));
    }

    private Result export(Call call) {
        BatchName name = call.path("batch", BatchName.class);
        return orders.report(name).isPresent() ? new Result.Written(out -> export(name, out)) : noBatch(name);
    }

    private void export(BatchName name, OutputStream out) throws IOException {
        List<Unit> page = orders.units(UnitQuery.all(name, Optional.empty(), PAGE));
        while (!page.isEmpty()) {
            for (Unit unit : page) {
                out.write(UnitRecord.of(unit));
                out.write('\n');
            }
            Optional<DeviceId> last = Optional.of(page.getLast().id());
            page = page.size() < PAGE ? List.of() : orders.units(UnitQuery.all(name, last, PAGE));
        }
    }

    private static Result result(BatchChange change) {
        return switch (change) {
            case BatchChange.Done(var batch) -> new Result.Done(BatchView.of(batch));
            case BatchChange.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }

    private static Result noBatch(BatchName name) {
        return new Result.Refused(new Refusal.NotFound("batch " + name));
    }
}
