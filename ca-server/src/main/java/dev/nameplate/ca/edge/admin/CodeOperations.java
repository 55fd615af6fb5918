package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.device.CodeCancellation;
import dev.nameplate.ca.device.CodeCreation;
import dev.nameplate.ca.device.CodeId;
import dev.nameplate.ca.device.CodeRequest;
import dev.nameplate.ca.device.Codes;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.refusal.Refusal;
import java.util.List;
import java.util.Optional;

/** One-time codes: create, list, show, cancel. */
final class CodeOperations {
    private static final String GROUP = "codes";
    private static final Parameter ID = Parameter.path("id", CodeId.class, "the code's id");

    private final Codes codes;

    CodeOperations(Codes codes) {
        this.codes = codes;
    }

    List<Operation> all() {
        return List.of(
                Operation.post(GROUP, "/api/v1/devices/{id}/codes")
                        .called("createCode", "Makes a one-time code. Its text is in this answer and never again.")
                        .with(Parameter.path("id", DeviceId.class, "the device"))
                        .taking(NewCode.class)
                        .refusing(404, 409)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.created("The code.", CreatedCode.class), this::create),
                Operation.get(GROUP, "/api/v1/devices/{id}/codes")
                        .called("listCodesOfDevice", "Lists a device's codes, newest first, at most 100.")
                        .with(Parameter.path("id", DeviceId.class, "the device"))
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("Codes.", Page.class, CodeView.class), this::ofDevice),
                Operation.get(GROUP, "/api/v1/codes")
                        .called("listCodes", "Lists codes in the order of their ids.")
                        .paged(CodeId.class)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("Codes.", Page.class, CodeView.class), this::list),
                Operation.get(GROUP, "/api/v1/codes/{id}")
                        .called("showCode", "Shows what became of a code.")
                        .with(ID)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("The code.", CodeView.class), this::show),
                Operation.delete(GROUP, "/api/v1/codes/{id}")
                        .called("cancelCode", "Cancels a code that is not used yet.")
                        .with(ID)
                        .refusing(404, 409)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("The code.", CodeView.class), this::cancel));
    }

    private Result create(Call call) {
        NewCode wish = call.body(NewCode.class);
        var request = new CodeRequest(call.path("id", DeviceId.class), wish.label(), wish.validity());
        return switch (codes.create(request, call.cause())) {
            case CodeCreation.Created created -> new Result.Done(CreatedCode.of(created));
            case CodeCreation.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }

    private Result ofDevice(Call call) {
        List<CodeView> found = codes.of(call.path("id", DeviceId.class)).stream()
                .map(CodeView::of)
                .toList();
        return new Result.Done(new Page<>(found, Optional.empty()));
    }

    private Result list(Call call) {
        var found = codes.list(call.query("after", CodeId.class), call.limit().value() + 1);
        return new Result.Done(Page.of(found, call.limit(), code -> code.id(), CodeView::of));
    }

    private Result show(Call call) {
        CodeId id = call.path("id", CodeId.class);
        return codes.find(id)
                .<Result>map(code -> new Result.Done(CodeView.of(code)))
                .orElseGet(() -> new Result.Refused(new Refusal.NotFound("code " + id)));
    }

    private Result cancel(Call call) {
        return switch (codes.cancel(call.path("id", CodeId.class), call.cause())) {
            case CodeCancellation.Cancelled(var code) -> new Result.Done(CodeView.of(code));
            case CodeCancellation.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }
}
