package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.device.Devices;
import dev.nameplate.ca.device.Registration;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.refusal.Refusal;
import dev.nameplate.ca.revocation.DeviceRevocation;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.ca.revocation.Revocations;
import java.util.List;
import java.util.Map;

/** Devices: register, list, show, hold, release, decommission. */
final class DeviceOperations {
    private static final String GROUP = "devices";
    private static final Parameter ID = Parameter.path("id", DeviceId.class, "the device");

    private final Devices devices;
    private final Revocations revocations;

    DeviceOperations(Devices devices, Revocations revocations) {
        this.devices = devices;
        this.revocations = revocations;
    }

    List<Operation> all() {
        return List.of(
                Operation.post(GROUP, "/api/v1/devices")
                        .called("registerDevice", "Registers a device.")
                        .taking(NewDevice.class)
                        .refusing(409)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.created("The device.", DeviceView.class), this::register),
                Operation.get(GROUP, "/api/v1/devices")
                        .called("listDevices", "Lists devices in the order of their ids.")
                        .paged(DeviceId.class)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("Devices.", Page.class, DeviceView.class), this::list),
                Operation.get(GROUP, "/api/v1/devices/{id}")
                        .called("showDevice", "Shows a device.")
                        .with(ID)
                        .refusing(404)
                        .adminAnd(Role.OPERATOR, Role.AUDITOR)
                        .answers(Reply.json("The device.", DeviceView.class), this::show),
                changing(
                                "hold",
                                "holdDevice",
                                "Holds a device: it cannot enrol, and its certificates are held, until it is released.")
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("It is held.", DeviceStandingView.class), this::hold),
                changing("release", "releaseDevice", "Takes back a hold of a device, and with it of its certificates.")
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("It is active.", DeviceStandingView.class), this::release),
                changing(
                                "decommissioning",
                                "decommissionDevice",
                                "Ends a device for ever: its certificates are revoked, and neither its id nor its keys"
                                        + " are ever accepted again.")
                        .taking(NewDecommissioning.class)
                        .adminAnd(Role.OPERATOR)
                        .answers(Reply.json("It is decommissioned.", DeviceStandingView.class), this::decommission));
    }

    private Result register(Call call) {
        NewDevice wish = call.body(NewDevice.class);
        return switch (devices.register(wish.id(), wish.attributes().orElse(Map.of()), call.cause())) {
            case Registration.Registered(var device) -> new Result.Done(DeviceView.of(device));
            case Registration.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }

    private Result list(Call call) {
        var found =
                devices.list(call.query("after", DeviceId.class), call.limit().value() + 1);
        return new Result.Done(Page.of(found, call.limit(), device -> device.id(), DeviceView::of));
    }

    private Result show(Call call) {
        DeviceId id = call.path("id", DeviceId.class);
        return devices.find(id)
                .<Result>map(device -> new Result.Done(DeviceView.of(device)))
                .orElseGet(() -> new Result.Refused(new Refusal.NotFound("device " + id)));
    }

    private static Draft changing(String what, String id, String summary) {
        return Operation.post(GROUP, "/api/v1/devices/{id}/" + what)
                .called(id, summary)
                .with(ID)
                .refusing(404, 409);
    }

    private Result hold(Call call) {
        return result(revocations.hold(call.path("id", DeviceId.class), call.cause()));
    }

    private Result release(Call call) {
        return result(revocations.release(call.path("id", DeviceId.class), call.cause()));
    }

    private Result decommission(Call call) {
        RevocationReason reason =
                call.body(NewDecommissioning.class).reason().orElse(RevocationReason.CESSATION_OF_OPERATION);
        return result(revocations.decommission(call.path("id", DeviceId.class), reason, call.cause()));
    }

    private static Result result(DeviceRevocation outcome) {
        return switch (outcome) {
            case DeviceRevocation.Done(var device, var certificates) ->
                new Result.Done(new DeviceStandingView(DeviceView.of(device), (long) certificates));
            case DeviceRevocation.Refused(var refusal) -> new Result.Refused(refusal);
        };
    }
}
