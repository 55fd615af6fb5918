package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.StationPlace;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.cli.tls.TlsIdentity;
import dev.nameplate.ca.cli.tls.TlsIdentity.ClientKey;
import dev.nameplate.ca.config.Home;
import dev.nameplate.est.BasicCredentials;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.Pkcs10;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * The key and certificate of a station, in the file of an operator of its name. A key is on the disk before its certificate is
 * asked for, and the file is the old one or the new one: cut off anywhere, the same again goes on.
 */
final class StationIdentity {
    private static final String LABEL = "station";

    private final Path home;
    private final String name;
    private final Path trust;
    private final InstantSource clock;

    /** @param trust the CA certificates that the EST door's certificate may lead to */
    StationIdentity(Path home, String name, Path trust, InstantSource clock) {
        this.home = home;
        this.name = name;
        this.trust = trust;
        this.clock = clock;
    }

    boolean isThere() {
        return Files.exists(file());
    }

    X509CertificateHolder certificate() {
        return PemFiles.certificates(file()).getFirst();
    }

    /** For the first time, or after the key was lost. */
    List<X509CertificateHolder> enrol(StationPlace place, String code) throws IOException {
        Files.createDirectories(file().toAbsolutePath().getParent());
        Path firstKey = beside(".key");
        KeyPair key = DeviceKeys.readOrMake(firstKey, DeviceKeys.Kind.EC_P256);
        var subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
        Pkcs10 csr = CsrBuilder.forKey(key).subject(subject).build();
        try (EstClient client = client(place, Optional.empty())) {
            var own = EstCommand.given(client.enroll(csr, Optional.of(new BasicCredentials(name, code))));
            keep(key, own, EstCommand.given(client.caCerts()));
            place.write(home, name);
            // who enrols again, after the key was lost or known to others, shall have another one
            Files.deleteIfExists(firstKey);
            return own;
        }
    }

    List<X509CertificateHolder> renew(StationPlace place) throws IOException {
        ClientKey mine = ClientKey.read(file(), file());
        Path nextKey = beside(".next.key");
        KeyPair key = next(nextKey, mine.chain().getFirst());
        Pkcs10 csr = CsrBuilder.forKey(key).renewalOf(mine.chain().getFirst()).build();
        try (EstClient client = client(place, Optional.of(mine))) {
            var own = EstCommand.given(client.reenroll(csr));
            keep(key, own, EstCommand.given(client.caCerts()));
            place.write(home, name);
            Files.deleteIfExists(nextKey);
            return own;
        }
    }

    /** The one that was made and has no certificate yet; what was cut off after it had one left it lying there. */
    private static KeyPair next(Path file, X509CertificateHolder now) throws IOException {
        KeyPair key = DeviceKeys.readOrMake(file, DeviceKeys.Kind.EC_P256);
        if (!Arrays.equals(
                key.getPublic().getEncoded(), now.getSubjectPublicKeyInfo().getEncoded())) {
            return key;
        }
        Files.delete(file);
        return DeviceKeys.readOrMake(file, DeviceKeys.Kind.EC_P256);
    }

    Path beside(String ending) {
        return home.resolve("operators").resolve(name + ending);
    }

    private Path file() {
        return beside(".pem");
    }

    private EstClient client(StationPlace place, Optional<ClientKey> identity) {
        return new EstClient(place.est(), Optional.of(LABEL), TlsIdentity.context(trust, identity), clock);
    }

    private void keep(KeyPair key, List<X509CertificateHolder> own, List<X509CertificateHolder> all) {
        String pem = PemFiles.pkcs8(key.getPrivate())
                + PemFiles.pem(own.getFirst())
                + PemFiles.pem(CaChain.above(own.getFirst(), all).toArray());
        Home.writeClosed(file().toAbsolutePath(), pem.getBytes(StandardCharsets.US_ASCII));
    }
}
