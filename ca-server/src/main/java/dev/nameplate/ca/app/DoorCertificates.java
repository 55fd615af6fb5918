package dev.nameplate.ca.app;

import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.config.Home;
import dev.nameplate.ca.edge.http.TlsMaterial;
import dev.nameplate.ca.issuance.IssuedCertificate;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.ProfileName;
import dev.nameplate.ca.policy.Profile;
import dev.nameplate.ca.policy.ServiceRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/** The doors' own keys and certificates: kept in {@code tls/}, issued and renewed by this CA itself. */
final class DoorCertificates {
    private static final ProfileName PROFILE = new ProfileName("door");

    private final Core core;

    DoorCertificates(Core core) {
        this.core = core;
    }

    /** What the door shows now: the material on disk while it is good, else new one, which is on disk when this returns. */
    TlsMaterial current(String door, List<String> names) {
        return onDisk(door).filter(material -> good(material, names)).orElseGet(() -> renew(door, names));
    }

    /** New material, if what is on disk is due for renewal or does not fit the names or the issuer. */
    Optional<TlsMaterial> renewedIfDue(String door, List<String> names) {
        return onDisk(door).filter(material -> good(material, names)).isPresent()
                ? Optional.empty()
                : Optional.of(renew(door, names));
    }

    /** New material whether or not it is due. */
    TlsMaterial renewed(String door, List<String> names) {
        return renew(door, names);
    }

    /** When material is due for renewal. */
    Instant due(TlsMaterial material) {
        return end(material).minus(profile().renewal().window());
    }

    static Instant end(TlsMaterial material) {
        return material.chain().getFirst().parsed().getNotAfter().toInstant();
    }

    private Optional<TlsMaterial> onDisk(String door) {
        Path file = file(door);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        List<CertificateDer> chain =
                PemFiles.certificates(file).stream().map(CertificateDer::of).toList();
        return Optional.of(new TlsMaterial(PemFiles.keyPair(file).getPrivate(), chain));
    }

    private boolean good(TlsMaterial material, List<String> names) {
        X509CertificateHolder own = material.chain().getFirst().parsed();
        Instant now = core.means().clock().instant();
        return !Due.of(core, PROFILE).test(material.chain().getFirst())
                && !own.getNotBefore().toInstant().isAfter(now)
                && alternatives(own).containsAll(names)
                && isHandedOut(issuers(material));
    }

    private TlsMaterial renew(String door, List<String> names) {
        KeyPair pair = newKey();
        var request = new ServiceRequest(
                purpose(door),
                PROFILE,
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()),
                names);
        IssuedCertificate issued =
                NotIssuedException.require(core.issuing().services().issue(request), door + " door");
        List<CertificateDer> chain = new ArrayList<>(List.of(issued.certificate()));
        chain.addAll(core.authorities().shownBy(issued.issuer()));
        Home.writeClosed(file(door), pem(pair, chain).getBytes(StandardCharsets.US_ASCII));
        return new TlsMaterial(pair.getPrivate(), chain);
    }

    /** Exactly what a generation shows that is handed out now. */
    private boolean isHandedOut(List<CertificateDer> issuers) {
        return core.authorities().all().stream()
                .filter(record -> record.generation().issuer().equals(profile().issuer()))
                .filter(record -> record.state().handedOut())
                .anyMatch(record ->
                        core.authorities().shownBy(record.generation()).equals(issuers));
    }

    private Profile profile() {
        return core.settings().profiles().named(PROFILE);
    }

    private Path file(String door) {
        return core.means().home().tls().resolve(door + ".pem");
    }

    static String purpose(String door) {
        return "door-" + door;
    }

    private static List<CertificateDer> issuers(TlsMaterial material) {
        return material.chain().subList(1, material.chain().size());
    }

    private static Set<String> alternatives(X509CertificateHolder certificate) {
        Extension extension = certificate.getExtension(Extension.subjectAlternativeName);
        Set<String> names = new HashSet<>();
        if (extension != null) {
            for (GeneralName name :
                    GeneralNames.getInstance(extension.getParsedValue()).getNames()) {
                names.add(AlternativeNames.text(name));
            }
        }
        return names;
    }

    private static String pem(KeyPair pair, List<CertificateDer> chain) {
        StringBuilder text = new StringBuilder(PemFiles.pkcs8(pair.getPrivate()));
        chain.forEach(certificate -> text.append(PemFiles.pem(certificate.parsed())));
        return text.toString();
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make a P-256 key", e);
        }
    }
}
