package dev.nameplate.ca.cli.est;

import dev.nameplate.ca.cli.CommandFailedException;
import dev.nameplate.ca.cli.ExitCode;
import dev.nameplate.ca.cli.Nameplate;
import dev.nameplate.ca.cli.tls.HeldKey;
import dev.nameplate.ca.cli.tls.PemFiles;
import dev.nameplate.ca.cli.tls.TlsIdentity.ClientKey;
import dev.nameplate.ca.revocation.RevocationReason;
import dev.nameplate.est.CmcQuery;
import dev.nameplate.est.CmcReply;
import dev.nameplate.est.CsrBuilder;
import dev.nameplate.est.MessageSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code nameplate est fullcmc}. */
@Command(
        name = "fullcmc",
        description =
                "Has a key certified, or a certificate revoked, by a CMC message (RFC 5272) that --cert-key signs:"
                        + " for itself, or as a registration authority for others.")
final class FullCmcCommand extends EstCommand {
    @Option(
            names = "--cert",
            required = true,
            paramLabel = "FILE",
            description = "Whose certificate signs the message and authenticates, as PEM.")
    private Path certificate = Path.of("");

    @Option(
            names = "--cert-key",
            required = true,
            paramLabel = "KEY",
            description = "The key of --cert: a PEM file, or pkcs11:...")
    private String certificateKey = "";

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "The key to be certified: a PEM file, or pkcs11:...; made if it is not there.")
    private @Nullable String key;

    @Option(
            names = "--key-algorithm",
            defaultValue = "ec-p256",
            description = "For a new key: ec-p256, ec-p384, rsa-3072, ed25519. Default: ${DEFAULT-VALUE}.")
    private String kind = "ec-p256";

    @Option(
            names = "--subject",
            paramLabel = "DN",
            description = "Who is to be certified, as in CN=sensor-17. Default: the names of --cert.")
    private @Nullable String subject;

    @Option(names = "--crmf", description = "Asks by a CRMF message (RFC 4211) instead of a PKCS#10.")
    private boolean crmf;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the certificate goes, as PEM.")
    private @Nullable Path out;

    @Option(
            names = "--revoke",
            paramLabel = "FILE",
            description = "A certificate to be revoked, as PEM; alone, or beside --key.")
    private @Nullable Path revoke;

    @Option(
            names = "--reason",
            defaultValue = "unspecified",
            paramLabel = "WORD",
            description = "Why it is to be revoked, as in key-compromise. Default: ${DEFAULT-VALUE}.")
    private String reason = "unspecified";

    FullCmcCommand(Nameplate root, DeviceDoors doors, InstantSource clock) {
        super(root, doors, clock);
    }

    @Override
    ExitCode run() throws IOException {
        if (key == null && revoke == null) {
            throw CommandFailedException.wrongUsage("--key, with --out, or --revoke says what is asked for");
        }
        if ((key == null) != (out == null)) {
            throw CommandFailedException.wrongUsage("--key and --out go together");
        }
        ClientKey identity = keys().identity(certificate, certificateKey);
        Optional<HeldKey> wanted =
                Optional.ofNullable(key).map(name -> keys().keyOrNew(name, DeviceKeys.Kind.parse(kind)));
        Supplier<CmcQuery> asking = () -> query(identity, wanted);
        CmcReply reply;
        try (EstClient client = client(Optional.of(identity))) {
            HeldKey own = keys().key(certificateKey);
            reply = awaited(() -> client.fullCmc(asking.get(), MessageSigner.of(identity.chain(), own.signer())));
        }
        return wanted.isPresent() ? deliver(List.of(certified(reply, wanted.get())), Optional.ofNullable(out)) : done();
    }

    /** A fresh one each time: an id and a nonce are good for one exchange. */
    private CmcQuery query(ClientKey identity, Optional<HeldKey> wanted) {
        var query = new CmcQuery(new SecureRandom());
        wanted.ifPresent(held -> addRequest(query, identity.chain().getFirst(), held));
        if (revoke != null) {
            query.revoking(PemFiles.certificates(revoke).getFirst(), reason().code());
        }
        return query;
    }

    private void addRequest(CmcQuery query, X509CertificateHolder own, HeldKey held) {
        Optional<X500Name> other = Optional.ofNullable(subject).map(X500Name::new);
        if (crmf) {
            Optional<Extensions> names = other.isPresent()
                    ? Optional.empty()
                    : Optional.ofNullable(own.getExtension(Extension.subjectAlternativeName))
                            .map(Extensions::new);
            query.crmf(new CmcQuery.Names(other.orElseGet(own::getSubject), names), held.publicKey(), held.signer());
        } else {
            CsrBuilder csr = held.request();
            query.pkcs10(
                    other.map(csr::subject).orElseGet(() -> csr.renewalOf(own)).build());
        }
    }

    private RevocationReason reason() {
        try {
            return RevocationReason.parse(reason);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage("--" + e.getMessage());
        }
    }

    private static X509CertificateHolder certified(CmcReply reply, HeldKey wanted) throws IOException {
        return reply.certificateOf(wanted.publicKey().getEncoded("DER"))
                .orElseThrow(
                        () -> new IOException("the server's answer has no certificate for the key of the request"));
    }

    private ExitCode done() {
        screen().println(
                        json()
                                ? JsonMapper.shared().writeValueAsString(Map.of("revoked", String.valueOf(revoke)))
                                : revoke + ": revoked");
        screen().flush();
        return ExitCode.DONE;
    }
}
