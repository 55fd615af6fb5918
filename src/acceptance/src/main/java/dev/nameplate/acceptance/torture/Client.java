package dev.nameplate.acceptance.torture;

import dev.nameplate.acceptance.Answer;
import dev.nameplate.acceptance.EstDoor;
import dev.nameplate.acceptance.OperatorApi;
import dev.nameplate.est.BasicCredentials;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.bouncycastle.cert.X509CertificateHolder;

/** One device after the other: is registered, enrols with a code, renews itself a few times, with a fresh key each time. */
final class Client {
    private static final int RENEWALS = 4;
    private static final int UNAVAILABLE = 503;

    private final EstDoor door;
    private final OperatorApi api;
    private final Journal journal;
    private final BooleanSupplier goesOn;

    Client(EstDoor door, OperatorApi api, Journal journal, BooleanSupplier goesOn) {
        this.door = door;
        this.api = api;
        this.journal = journal;
        this.goesOn = goesOn;
    }

    /** Until it shall not go on, or the server breaks off. */
    void run() {
        while (goesOn.getAsBoolean()) {
            try {
                live(firstWish());
            } catch (IOException serverGone) {
                return;
            }
        }
    }

    private Wish firstWish() throws IOException {
        String device = journal.nextDevice();
        api.register(device);
        return Wish.of(device, new Credential.Code(new BasicCredentials(device, api.code(device))));
    }

    private void live(Wish first) throws IOException {
        Wish wish = first;
        int renewals = 0;
        while (renewals <= RENEWALS) {
            if (!goesOn.getAsBoolean()) {
                return;
            }
            Answer answer = ask(wish);
            if (answer.status() == 200) {
                wish = receive(wish, answer);
                renewals++;
            } else if (answer.status() == UNAVAILABLE) {
                journal.turnedAway(answer);
            } else {
                journal.complain(wish.device() + " was answered " + answer);
                return;
            }
        }
    }

    private Answer ask(Wish wish) throws IOException {
        try {
            return wish.ask(door);
        } catch (IOException broken) {
            journal.unanswered(wish);
            throw broken;
        }
    }

    private Wish receive(Wish wish, Answer answer) {
        X509CertificateHolder certificate = wish.certificateIn(answer);
        journal.received(certificate);
        return wish.next(certificate);
    }
}
