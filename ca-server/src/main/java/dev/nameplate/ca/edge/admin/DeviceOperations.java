package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.device.Devices;
import dev.nameplate.ca.device.Registration;
import dev.nameplate.ca.operator.Role;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.refusal.Refusal;
import java.util.List;
import java.util.Map;

/** Devices: register, list, show. */
final class DeviceOperations {
    private static final String GROUP = "devices";
    private static final Parameter ID = Parameter.path("id", DeviceId.class, "the device");

    private final Devices devices;

    DeviceOperations(Devices devices) {
        this.devices = devices;
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
                        .answers(Reply.json("The device.", DeviceView.class), this::show));
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
}
