package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.DEVICE;

import dev.nameplate.ca.audit.AuditEvent;
import dev.nameplate.ca.device.Device;
import dev.nameplate.ca.device.DeviceRegistry;
import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.schema.generated.tables.records.DeviceRecord;
import java.util.List;
import java.util.Optional;

/** The registry of devices, in SQL. */
public final class JooqDeviceRegistry implements DeviceRegistry {
    private final Database database;

    public JooqDeviceRegistry(Database database) {
        this.database = database;
    }

    @Override
    public boolean register(Device device, AuditEvent event) {
        return database.writer().write(writing -> {
            if (find(device.id(), writing.sql()).isPresent()) {
                return false;
            }
            Batches.insert(writing.sql(), DEVICE, List.of(row(device)));
            writing.append(event);
            return true;
        });
    }

    @Override
    public Optional<Device> find(DeviceId id) {
        return database.read(sql -> find(id, sql));
    }

    @Override
    public List<Device> list(Optional<DeviceId> after, int limit) {
        return database.read(sql -> sql.selectFrom(DEVICE)
                .where(DEVICE.ID.gt(after.map(DeviceId::value).orElse("")))
                .orderBy(DEVICE.ID)
                .limit(limit)
                .fetch(Rows::device));
    }

    static Optional<Device> find(DeviceId id, org.jooq.DSLContext sql) {
        return sql.selectFrom(DEVICE).where(DEVICE.ID.eq(id.value())).fetchOptional(Rows::device);
    }

    static DeviceRecord row(Device device) {
        return new DeviceRecord(
                device.id().value(),
                device.state().name(),
                Facts.write(device.attributes()),
                Rows.asStored(device.registeredAt()));
    }
}
