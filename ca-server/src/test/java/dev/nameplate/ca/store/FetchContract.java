package dev.nameplate.ca.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nameplate.ca.authority.FetchedChains;
import dev.nameplate.ca.authority.FetchedChains.Reach;
import dev.nameplate.ca.device.Credential;
import dev.nameplate.ca.pki.CertificateDer;
import dev.nameplate.ca.pki.IssuerGeneration;
import dev.nameplate.ca.pki.IssuerName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who fetched a new chain, and of how many. */
interface FetchContract extends Ports.Source {
    IssuerGeneration PUBLISHED = new IssuerGeneration(Samples.ISSUER.issuer(), 2);
    Set<IssuerName> ISSUERS = Set.of(Samples.ISSUER.issuer());
    Instant LATER = Samples.NOW.plus(Duration.ofDays(1));

    Database database();

    @Test
    default void countsDevicesThatFetchedOnce() {
        CertificateDer first = issue(1, "sensor-1");
        CertificateDer renewed = issue(2, "sensor-1");
        issue(3, "sensor-2");
        CertificateDer foreign = Samples.certificate(4, "foreign");
        assertThat(reach(LATER)).isEqualTo(new Reach(2, 0));

        fetched().note(Map.of(first, Set.of(PUBLISHED), renewed, Set.of(PUBLISHED), foreign, Set.of(PUBLISHED)));
        fetched().note(Map.of(first, Set.of(PUBLISHED)));

        assertThat(reach(LATER)).isEqualTo(new Reach(2, 1));
        fetched().forget(PUBLISHED);
        assertThat(reach(LATER)).isEqualTo(new Reach(2, 0));
    }

    @Test
    default void countsDevicesThatWereIssuedACertificateSince() {
        issue(1, "sensor-1");
        issue(2, "sensor-2");

        assertThat(reach(Samples.NOW)).isEqualTo(new Reach(2, 2));
    }

    @Test
    default void takesNobodyForAnotherWithTheSameSerial() {
        issue(1, "sensor-1");

        fetched().note(Map.of(Samples.certificate(1, "another key"), Set.of(PUBLISHED)));

        assertThat(reach(LATER)).isEqualTo(new Reach(1, 0));
    }

    private FetchedChains fetched() {
        return new JooqFetchedChains(database());
    }

    private Reach reach(Instant since) {
        return fetched().reach(PUBLISHED, ISSUERS, since, Samples.NOW);
    }

    private CertificateDer issue(long serial, String device) {
        ports().devices().register(Samples.registered(device), Samples.event("device.registered"));
        CertificateDer certificate = Samples.certificate(serial, device + serial);
        ports().ledger()
                .record(
                        Samples.added(
                                certificate,
                                Samples.device(device),
                                new Credential.OwnCertificate(certificate.fingerprint())),
                        Samples.issued());
        return certificate;
    }
}
