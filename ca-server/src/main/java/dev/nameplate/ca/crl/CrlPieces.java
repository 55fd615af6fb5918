package dev.nameplate.ca.crl;

import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** CRLs where the other processes find them. */
public interface CrlPieces {
    /**
     * Puts a CRL there, which is durable when this returns.
     *
     * @param sha256 of the content
     */
    void put(CrlScope scope, Sha256 sha256, InputStream content) throws IOException;

    /** Writes what is there under this hash; nothing, or not all of it, if it was replaced meanwhile. */
    void fetch(Sha256 sha256, OutputStream out) throws IOException;

    /** Removes what is there of this scope, but for this. */
    void keepOnly(CrlScope scope, Sha256 sha256);
}
