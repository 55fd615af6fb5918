package dev.nameplate.ca.crl;

import dev.nameplate.ca.pki.CrlScope;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Shows here what is recorded: what another process published, what this one recorded before it was killed, and what somebody
 * removed. Of one thread.
 */
final class CrlMirror {
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final PublicDirectory directory;
    private final Optional<CrlPieces> pieces;
    private final Map<CrlScope, Long> shown = new HashMap<>();
    private Instant looked = Instant.MIN;

    CrlMirror(PublicDirectory directory, Optional<CrlPieces> pieces) {
        this.directory = directory;
        this.pieces = pieces;
    }

    /** This process has just shown it itself. */
    void shown(PublishedCrl crl) {
        shown.put(crl.scope(), crl.number());
    }

    /**
     * @param busy are being published right now
     * @param lost is told of what is nowhere any more
     */
    void catchUp(List<PublishedCrl> recorded, Set<CrlScope> busy, Instant now, Consumer<CrlScope> lost)
            throws IOException {
        forgetRemoved(recorded, now);
        for (PublishedCrl crl : recorded) {
            boolean behind = shown.getOrDefault(crl.scope(), 0L) < crl.number();
            if (behind && !busy.contains(crl.scope())) {
                if (directory.shows(crl) || shows(crl)) {
                    shown(crl);
                } else {
                    lost.accept(crl.scope());
                }
            }
        }
    }

    private boolean shows(PublishedCrl crl) throws IOException {
        if (!directory.hasDraft(crl) && !fetched(crl)) {
            return false;
        }
        directory.show(crl.scope(), directory.draftName(crl.scope(), crl.number()));
        directory.compress(crl.scope(), () -> true);
        return true;
    }

    private boolean fetched(PublishedCrl crl) throws IOException {
        if (pieces.isEmpty()) {
            return false;
        }
        Path draft = directory.draft(crl.scope(), crl.number());
        boolean whole = false;
        try {
            try (OutputStream out = Files.newOutputStream(draft)) {
                pieces.get().fetch(crl.content().sha256(), out);
            }
            whole = directory.hasDraft(crl);
            return whole;
        } finally {
            if (!whole) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private void forgetRemoved(List<PublishedCrl> recorded, Instant now) {
        if (now.isBefore(looked.plus(LOOK_EVERY)) && !now.isBefore(looked)) {
            return;
        }
        looked = now;
        Set<CrlScope> gone = recorded.stream()
                .filter(crl -> shown.getOrDefault(crl.scope(), 0L) == crl.number() && !directory.seemsToShow(crl))
                .map(PublishedCrl::scope)
                .collect(Collectors.toSet());
        shown.keySet().removeAll(gone);
    }
}
