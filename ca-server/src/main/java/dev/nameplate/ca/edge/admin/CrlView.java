package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.crl.CrlState;
import dev.nameplate.ca.crl.PublishedCrl;
import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * A CRL.
 *
 * @param number absent if none was published yet, and so are the times and the content
 * @param due when the next is published, unless something is revoked before
 * @param trouble why the last attempt to publish it failed
 */
record CrlView(
        CrlScope crl,
        Optional<Long> number,
        Optional<Instant> thisUpdate,
        Optional<Instant> nextUpdate,
        Instant due,
        Optional<Content> content,
        Optional<String> trouble) {

    /** @param sha256 of the file */
    record Content(Long entries, Long octets, Sha256 sha256) {}

    static CrlView of(CrlState state) {
        Optional<PublishedCrl> newest = state.newest();
        return new CrlView(
                state.scope(),
                newest.map(PublishedCrl::number),
                newest.map(crl -> crl.times().thisUpdate()),
                newest.map(crl -> crl.times().nextUpdate()),
                state.due(),
                newest.map(crl -> new Content(
                        crl.content().entries(),
                        crl.content().octets(),
                        crl.content().sha256())),
                state.trouble());
    }
}
