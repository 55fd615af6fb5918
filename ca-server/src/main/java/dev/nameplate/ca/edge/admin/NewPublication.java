package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.CertificateDer;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * A generation is to be handed out.
 *
 * @param chainPem what a CA elsewhere made for it: its certificate first, its root last, then certificates that join this root to
 *     the one before; absent if the issuer is signed here
 */
record NewPublication(Optional<String> chainPem) {
    List<CertificateDer> chain() {
        List<CertificateDer> chain = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(chainPem.orElse("")))) {
            for (PemObject next = reader.readPemObject(); next != null; next = reader.readPemObject()) {
                chain.add(CertificateDer.parse(next.getContent()));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw MalformedCallException.field("chainPem", "chainPem: is not certificates in PEM: " + e.getMessage());
        }
        if (chainPem.isPresent() && chain.isEmpty()) {
            throw MalformedCallException.field("chainPem", "chainPem: has no certificate in PEM");
        }
        return chain;
    }
}
