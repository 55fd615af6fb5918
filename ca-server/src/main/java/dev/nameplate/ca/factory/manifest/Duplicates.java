package dev.nameplate.ca.factory.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.ASN1Encoding;

/** Two units never have one id, nor one key. */
final class Duplicates {
    private final Seen ids = new Seen();
    private final Seen keys = new Seen();

    void refuse(ManifestUnit unit) throws WrongLineException {
        if (!ids.add(unit.id().value().getBytes(StandardCharsets.US_ASCII))) {
            throw new WrongLineException("the id " + unit.id() + " came before; each device is listed once");
        }
        if (!keys.add(der(unit))) {
            throw new WrongLineException("the key of " + unit.id() + " is another device's that came before");
        }
    }

    private static byte[] der(ManifestUnit unit) {
        try {
            return unit.key().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("a parsed key always encodes", e);
        }
    }
}
