package dev.nameplate.acceptance.torture;

import dev.nameplate.acceptance.Answer;
import dev.nameplate.acceptance.EstDoor;
import dev.nameplate.acceptance.OperatorApi;
import dev.nameplate.acceptance.ProductHome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;

/** Compares what clients hold with what the CA has on record. */
final class Records implements AutoCloseable {
    private final OperatorApi api;
    private final EstDoor door;

    Records(ProductHome home) {
        api = home.operatorApi();
        door = EstDoor.of(home);
    }

    /** Of these certificates those that are not on record, or with other bytes. */
    List<String> missing(List<X509CertificateHolder> received) throws IOException {
        List<String> missing = new ArrayList<>();
        for (X509CertificateHolder certificate : received) {
            String serial = serial(certificate);
            Optional<X509CertificateHolder> recorded = api.certificate(serial);
            if (recorded.isEmpty()) {
                missing.add("certificate " + serial + " of " + certificate.getSubject() + " is not on record");
            } else if (!recorded.get().equals(certificate)) {
                missing.add("certificate " + serial + " is on record with other bytes");
            }
        }
        return missing;
    }

    /**
     * Asks again, twice, for what was wished before.
     *
     * @param before whether a certificate was on record already when it asked again
     * @param faults empty if all was as it must be
     */
    record Retry(boolean before, List<X509CertificateHolder> received, List<String> faults) {}

    Retry retry(Wish wish) throws IOException {
        boolean before = !onRecord(wish).isEmpty();
        List<String> faults = new ArrayList<>();
        List<X509CertificateHolder> received = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            Answer answer = wish.ask(door);
            if (answer.status() == 200) {
                received.add(wish.certificateIn(answer));
            } else {
                faults.add("a retry by " + wish.device() + " was answered " + answer);
            }
        }
        List<X509CertificateHolder> recorded = onRecord(wish);
        if (recorded.size() != 1) {
            faults.add(recorded.size() + " certificates are on record for one key of " + wish.device());
        }
        if (!received.stream().allMatch(recorded::contains)) {
            faults.add("a retry by " + wish.device() + " received another certificate than the one on record");
        }
        return new Retry(before, received, faults);
    }

    Optional<String> faultOfTheTrail() throws IOException {
        String verdict = api.auditVerdict();
        return verdict.equals("intact") ? Optional.empty() : Optional.of("the audit trail is " + verdict);
    }

    @Override
    public void close() {
        api.close();
        door.close();
    }

    private List<X509CertificateHolder> onRecord(Wish wish) throws IOException {
        return api.certificatesOf(wish.device()).stream()
                .filter(wish::isForItsKey)
                .toList();
    }

    private static String serial(X509CertificateHolder certificate) {
        return certificate.getSerialNumber().toString(16);
    }
}
