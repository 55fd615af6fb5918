package dev.nameplate.ca.app;

import dev.nameplate.ca.edge.http.DoorTls;
import dev.nameplate.ca.edge.http.TlsMaterial;
import dev.nameplate.ca.rotation.KeyEntry;
import dev.nameplate.ca.rotation.KeyKeeper;
import dev.nameplate.ca.rotation.KeyTimes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The TLS of an open door, and the key and certificate that it shows. */
final class OpenTls implements KeyKeeper {
    private final String name;
    private final List<String> names;
    private final DoorTls tls;
    private final DoorCertificates certificates;
    private volatile TlsMaterial shown;

    /** @param shown by the door now */
    OpenTls(String name, List<String> names, DoorTls tls, DoorCertificates certificates, TlsMaterial shown) {
        this.name = name;
        this.names = List.copyOf(names);
        this.tls = tls;
        this.certificates = certificates;
        this.shown = shown;
    }

    String name() {
        return name;
    }

    List<String> names() {
        return names;
    }

    DoorTls tls() {
        return tls;
    }

    void shows(TlsMaterial material) {
        shown = material;
    }

    KeyEntry entry() {
        return new KeyEntry(
                purpose(),
                "file:tls/" + name + ".pem",
                "",
                "ec-p256",
                "active",
                new KeyTimes(shown.chain().getFirst().parsed().getNotBefore().toInstant(), next(), certificateEnds()));
    }

    @Override
    public String purpose() {
        return DoorCertificates.purpose(name);
    }

    /** Each certificate has a key of its own. */
    @Override
    public Optional<Instant> next() {
        return Optional.of(certificates.due(shown));
    }

    @Override
    public Optional<Instant> certificateEnds() {
        return Optional.of(DoorCertificates.end(shown));
    }
}
