package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.KEY_OWNER;

import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.KeyOwnerRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/** Whose a key is. */
final class Keyholders {
    private Keyholders() {}

    static Optional<Holder> ownerOf(Sha256 key, DSLContext sql) {
        return sql.selectFrom(KEY_OWNER)
                .where(KEY_OWNER.KEY_HASH.eq(key.octets()))
                .fetchOptional(Keyholders::holder);
    }

    static Map<Sha256, Holder> ownersOf(List<Sha256> keys, DSLContext sql) {
        Map<Sha256, Holder> owners = new HashMap<>();
        sql.selectFrom(KEY_OWNER)
                .where(KEY_OWNER.KEY_HASH.in(keys.stream().map(Sha256::octets).toList()))
                .forEach(row -> owners.put(Sha256.fromOctets(row.getKeyHash()), holder(row)));
        return owners;
    }

    static KeyOwnerRecord row(Sha256 key, Holder holder, Instant firstSeen) {
        return new KeyOwnerRecord(key.octets(), holder.kind().name(), holder.name(), Rows.asStored(firstSeen));
    }

    static Holder holder(KeyOwnerRecord row) {
        return Certificates.holder(row.getHolderKind(), row.getHolderName());
    }
}
