package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.IssuerSettings;
import dev.nameplate.ca.device.Linking;
import dev.nameplate.ca.edge.http.TlsLibrary;
import dev.nameplate.ca.health.Finding;
import dev.nameplate.ca.health.HealthCheck;
import dev.nameplate.ca.health.HealthChecks;
import dev.nameplate.hsm.KeyUri;
import dev.nameplate.hsm.VaultHealth;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What {@code doctor} and readiness look at. */
final class Checks {
    private static final long LEAST_FREE_BYTES = 1L << 30;
    private static final long NO_BYTES_LEFT = 64L << 20;
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Core core;
    private final TlsLibrary tls;
    private final List<HealthCheck> more;

    /** @param more what others know how to look at */
    Checks(Core core, TlsLibrary tls, List<HealthCheck> more) {
        this.core = core;
        this.tls = tls;
        this.more = List.copyOf(more);
    }

    HealthChecks all() {
        return new HealthChecks(
                List.of(check("token", this::token), check("database", this::database)),
                Stream.concat(
                                Stream.of(check("issuers", this::issuers)),
                                Stream.concat(
                                        more.stream(),
                                        Stream.of(
                                                check("disk", this::disk),
                                                check("secrets", this::secrets),
                                                check("tls", this::tls))))
                        .toList());
    }

    static HealthCheck check(String name, Supplier<Finding> look) {
        return new HealthCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Finding find() {
                return look.get();
            }
        };
    }

    /** A test signature with an issuer's key: a token that only answers is not enough. */
    private Finding token() {
        List<IssuerRecord> ours = core.authorities().all().stream()
                .filter(record -> record.state() == IssuerRecord.State.ACTIVE
                        && !record.keyUri().isEmpty())
                .toList();
        if (ours.isEmpty()) {
            return Finding.fault(
                    "no issuer is active", "run `nameplate init`, or import the chain of an external issuer");
        }
        String key = ours.getLast().keyUri();
        return switch (core.vault().probe(KeyUri.parse(key))) {
            case VaultHealth.Healthy(var took) -> Finding.ok("a test signature took " + took.toMillis() + " ms");
            case VaultHealth.Unhealthy(var reason) ->
                Finding.fault(
                        String.valueOf(reason.getMessage()),
                        "bring the token back (device, library, token files); the server goes on by itself then");
        };
    }

    private Finding database() {
        core.records().database().probe();
        return Finding.ok("it answers");
    }

    private Finding issuers() {
        var now = core.means().clock().instant();
        for (IssuerRecord record : core.authorities().all()) {
            if (record.chain().isEmpty()) {
                return Finding.warning(
                        record.generation() + " waits for its certificate",
                        "have the request of `nameplate issuer csr "
                                + record.generation().issuer()
                                + "` signed and import the chain with `nameplate issuer import`");
            }
            var certificate = record.chain().getFirst().parsed();
            if (now.isBefore(certificate.getNotBefore().toInstant())
                    || now.isAfter(certificate.getNotAfter().toInstant())) {
                return Finding.fault(
                        record.generation() + " is not valid now: "
                                + certificate.getNotBefore().toInstant() + " to "
                                + certificate.getNotAfter().toInstant(),
                        "check the clock of this machine; if it is right, this issuer has to be replaced");
            }
        }
        return core.settings().issuers().stream()
                .map(IssuerSettings::name)
                .filter(name -> core.authorities().all().stream()
                        .noneMatch(record -> record.generation().issuer().equals(name)))
                .findFirst()
                .map(
                        name -> Finding.warning(
                                "issuers." + name + " is in the settings and has no key yet",
                                "stop the server, run `nameplate init` on this home, which makes what is missing, and start it again"))
                .orElseGet(() -> Finding.ok(core.authorities().all().size() + " issuers have valid certificates"));
    }

    private Finding disk() {
        try {
            FileStore store = Files.getFileStore(core.means().home().directory());
            long free = store.getUsableSpace();
            String says =
                    (free >> 20) + " MiB are free under " + core.means().home().directory();
            String remedy = "make room: without it nothing can be recorded, and what cannot be recorded is not issued";
            if (free < NO_BYTES_LEFT) {
                return Finding.fault(says, remedy);
            }
            return free < LEAST_FREE_BYTES ? Finding.warning(says, remedy) : Finding.ok(says);
        } catch (IOException e) {
            return Finding.fault(
                    "the disk of the home cannot be looked at: " + e.getMessage(), "check the file system");
        }
    }

    private Finding secrets() {
        for (Path closed : List.of(
                core.means().home().secrets(),
                core.means().home().tls(),
                core.means().home().operators())) {
            try {
                if (Files.getPosixFilePermissions(closed).stream().anyMatch(OTHERS::contains)) {
                    return Finding.fault(closed + " is open to other users", "chmod 700 " + closed);
                }
            } catch (IOException | UnsupportedOperationException e) {
                return Finding.warning(
                        closed + " cannot be checked: " + e.getMessage(), "check that only its owner reads it");
            }
        }
        return Finding.ok("secrets, tls and operators are closed to others");
    }

    private Finding tls() {
        boolean required = core.settings().labels().values().stream()
                .anyMatch(label -> label.label().linking() == Linking.REQUIRED);
        return required && !tls.givesTlsUnique()
                ? Finding.warning(
                        "the device door uses " + tls + ", which has no tls-unique, and a label requires linking",
                        "devices that enrol there need TLS 1.3, or doors.device.tls: conscrypt")
                : Finding.ok("the device door uses " + tls + "; " + keyAgreement());
    }

    private String keyAgreement() {
        return tls.agreesOnHybridKeys()
                ? "it agrees on keys by " + TlsLibrary.HYBRID + " with clients that have it"
                : "it has no " + TlsLibrary.HYBRID + ", which doors.device.tls: conscrypt has";
    }
}
