package dev.nameplate.ca.factory.export;

import dev.nameplate.ca.pki.DeviceId;
import dev.nameplate.ca.testkit.Party;
import dev.nameplate.ca.testkit.Recipe;
import java.time.Instant;
import java.util.List;

/** Units to write and to read again. */
public final class Units {
    public static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    public static final Party ISSUER = Recipe.ca("CN=devices").selfSigned();

    private Units() {}

    public static ExportUnit unit(String id) {
        return new ExportUnit(
                new DeviceId(id),
                "sensor mk2",
                "batch-1",
                List.of(Recipe.leaf("CN=" + id).by(ISSUER).certificate(), ISSUER.certificate()),
                AT);
    }
}
