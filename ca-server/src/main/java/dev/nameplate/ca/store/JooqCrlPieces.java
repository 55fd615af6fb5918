package dev.nameplate.ca.store;

import static dev.nameplate.schema.generated.Tables.CRL_PIECE;

import dev.nameplate.ca.crl.CrlPieces;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.Sha256;
import dev.nameplate.schema.generated.tables.records.CrlPieceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** CRLs in a database that several processes share. */
public final class JooqCrlPieces implements CrlPieces {
    /** Short enough that others who write meanwhile hardly wait. */
    private static final int PIECE = 512 * 1024;

    private final Database database;

    public JooqCrlPieces(Database database) {
        this.database = database;
    }

    @Override
    public void put(CrlScope scope, Sha256 sha256, InputStream content) throws IOException {
        int position = 0;
        for (byte[] octets = content.readNBytes(PIECE); octets.length > 0; octets = content.readNBytes(PIECE)) {
            var piece = new CrlPieceRecord(
                    sha256.octets(),
                    position++,
                    scope.issuer().issuer().value(),
                    scope.issuer().number(),
                    scope.shard(),
                    octets);
            Boolean put = database.writer().write(writing -> {
                Batches.insert(writing.sql(), CRL_PIECE, List.of(piece));
                return true;
            });
            assert put;
        }
    }

    @Override
    public void fetch(Sha256 sha256, OutputStream out) throws IOException {
        int position = 0;
        for (Optional<byte[]> piece = piece(sha256, position); piece.isPresent(); piece = piece(sha256, position)) {
            out.write(piece.get());
            position++;
        }
    }

    @Override
    public void keepOnly(CrlScope scope, Sha256 sha256) {
        int removed = database.writer()
                .write(writing -> writing.sql()
                        .deleteFrom(CRL_PIECE)
                        .where(CRL_PIECE.ISSUER.eq(scope.issuer().issuer().value()))
                        .and(CRL_PIECE.GENERATION.eq(scope.issuer().number()))
                        .and(CRL_PIECE.SHARD.eq(scope.shard()))
                        .and(CRL_PIECE.SHA256.ne(sha256.octets()))
                        .execute());
        assert removed >= 0;
    }

    private Optional<byte[]> piece(Sha256 sha256, int position) {
        return database.read(sql -> sql.select(CRL_PIECE.OCTETS)
                .from(CRL_PIECE)
                .where(CRL_PIECE.SHA256.eq(sha256.octets()))
                .and(CRL_PIECE.POSITION.eq(position))
                .fetchOptional(CRL_PIECE.OCTETS));
    }
}
