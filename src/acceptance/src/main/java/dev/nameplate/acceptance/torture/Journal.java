package dev.nameplate.acceptance.torture;

import dev.nameplate.acceptance.Answer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.cert.X509CertificateHolder;

/** What happened to the wishes of all clients. */
final class Journal {
    private final Queue<X509CertificateHolder> received = new ConcurrentLinkedQueue<>();
    private final Queue<Wish> unanswered = new ConcurrentLinkedQueue<>();
    private final Queue<Answer> turnedAway = new ConcurrentLinkedQueue<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicInteger devices = new AtomicInteger();

    String nextDevice() {
        return "torture-" + devices.incrementAndGet();
    }

    void received(X509CertificateHolder certificate) {
        received.add(certificate);
    }

    void unanswered(Wish wish) {
        unanswered.add(wish);
    }

    void turnedAway(Answer answer) {
        turnedAway.add(answer);
    }

    void complain(String complaint) {
        complaints.add(complaint);
    }

    List<X509CertificateHolder> received() {
        return List.copyOf(received);
    }

    int receivedSoFar() {
        return received.size();
    }

    /** Begun, and not known how they ended. */
    List<Wish> unanswered() {
        return List.copyOf(unanswered);
    }

    /** Answers that said: not now. */
    List<Answer> turnedAway() {
        return List.copyOf(turnedAway);
    }

    /** What must not happen at all. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** For the next round; the names of devices go on. */
    void turnPage() {
        received.clear();
        unanswered.clear();
        turnedAway.clear();
        complaints.clear();
    }
}
