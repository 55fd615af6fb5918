package dev.nameplate.ca.app;

import dev.nameplate.ca.authority.IssuerRecord;
import dev.nameplate.ca.authority.SigningUnavailableException;
import dev.nameplate.ca.config.DoorsSettings;
import dev.nameplate.ca.device.ManufacturerAnchor;
import dev.nameplate.ca.edge.admin.ProblemForm;
import dev.nameplate.ca.edge.distribution.Distribution;
import dev.nameplate.ca.edge.distribution.OcspDoor;
import dev.nameplate.ca.edge.est.EstFeatures;
import dev.nameplate.ca.edge.est.EstRoutes;
import dev.nameplate.ca.edge.http.Answers;
import dev.nameplate.ca.edge.http.Door;
import dev.nameplate.ca.edge.http.DoorTls;
import dev.nameplate.ca.edge.http.PlainText;
import dev.nameplate.ca.edge.http.TlsLibrary;
import dev.nameplate.ca.edge.http.TlsMaterial;
import dev.nameplate.ca.edge.http.Voice;
import dev.nameplate.ca.issuance.LedgerUnavailableException;
import dev.nameplate.ca.ocsp.OcspResponder;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.rotation.KeyEntry;
import dev.nameplate.hsm.VaultException;
import io.javalin.config.RoutesConfig;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three doors, open. */
final class Doors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    private final Core core;
    private final DoorCertificates certificates;
    private final List<OpenTls> tls = new ArrayList<>();
    private final List<Door> open = new ArrayList<>();

    Doors(Core core) {
        this.core = core;
        this.certificates = new DoorCertificates(core);
    }

    void open(EstFeatures est, ApiRoutes api, OcspResponder ocsp) {
        DoorsSettings doors = core.settings().doors();
        Answers answers = new Answers(core.means().random());
        Voice plain = new Voice(answers, new PlainText());
        Voice problems = new Voice(answers, new ProblemForm());
        https(
                "device",
                doors.device(),
                plain,
                routes -> EstRoutes.add(routes, core.settings().labels(), est, plain));
        https("operator", doors.operator(), problems, routes -> api.addTo(routes, problems));
        open.add(Door.http("public", doors.open().listener(), plain, distribution(ocsp, plain), Distribution::isOpaque)
                .open());
    }

    private Distribution distribution(OcspResponder ocsp, Voice voice) {
        Core.Means means = core.means();
        var door = new OcspDoor(
                ocsp,
                core.settings().services().ocsp().maxAge(),
                voice,
                means.clock(),
                Executors.newVirtualThreadPerTaskExecutor());
        return new Distribution(core.authorities()::all, means.home().published(), means.clock(), door);
    }

    /** The operator API, as {@code AdminApi.addTo}. */
    @FunctionalInterface
    interface ApiRoutes {
        void addTo(RoutesConfig routes, Voice voice);
    }

    /** New certificates for the doors that need them; connections that are open go on. */
    synchronized void renewCertificates(OwnKey.Watch watch) {
        tls.forEach(door -> renew(door, () -> certificates.renewedIfDue(door.name(), door.names()), watch));
    }

    /** New keys and certificates for all doors. @return their purposes */
    synchronized List<String> changeCertificates(OwnKey.Watch watch) {
        tls.forEach(door -> renew(door, () -> Optional.of(certificates.renewed(door.name(), door.names())), watch));
        return tls.stream().map(OpenTls::purpose).toList();
    }

    /** What the doors show. */
    List<KeyEntry> keys() {
        return tls.stream().map(OpenTls::entry).toList();
    }

    private void renew(OpenTls door, Supplier<Optional<TlsMaterial>> renewed, OwnKey.Watch watch) {
        try {
            renewed.get().ifPresent(material -> {
                door.tls().reload(material, acceptedIssuers());
                door.shows(material);
                LOG.info("the {} door has a new certificate", door.name());
            });
            watch.looked(door, Optional.empty());
        } catch (VaultException
                | LedgerUnavailableException
                | SigningUnavailableException
                | NotIssuedException
                | UncheckedIOException trouble) {
            watch.looked(door, Optional.of(String.valueOf(trouble.getMessage())));
        }
    }

    /** New certificates where the issuers changed, and these named to clients. */
    synchronized void follow() {
        for (OpenTls door : tls) {
            TlsMaterial material = certificates
                    .renewedIfDue(door.name(), door.names())
                    .orElseGet(() -> certificates.current(door.name(), door.names()));
            door.tls().reload(material, acceptedIssuers());
            door.shows(material);
        }
    }

    @Override
    public void close() {
        open.reversed().forEach(Door::close);
    }

    private void https(String name, DoorsSettings.Https settings, Voice voice, Consumer<RoutesConfig> routes) {
        TlsMaterial material = certificates.current(name, settings.names());
        DoorTls doorTls = new DoorTls(TlsLibrary.of(settings.tls()), material, acceptedIssuers());
        tls.add(new OpenTls(name, settings.names(), doorTls, certificates, material));
        open.add(Door.https(name, settings.listener(), doorTls, voice, routes).open());
    }

    /** Both databases of anchors (RFC 7030, 3.3.2): a device chooses its certificate by these names. */
    private Set<CertificateDer> acceptedIssuers() {
        Set<CertificateDer> accepted = new LinkedHashSet<>();
        for (IssuerRecord issuer : core.authorities().all()) {
            issuer.chain().stream().findFirst().ifPresent(accepted::add);
        }
        core.settings().labels().values().stream()
                .flatMap(label -> label.label().manufacturers().stream())
                .map(ManufacturerAnchor::certificate)
                .forEach(accepted::add);
        return accepted;
    }
}
