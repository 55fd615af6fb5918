package dev.nameplate.ca.crl;

import java.time.Duration;
import java.util.List;

/** Hears what becomes of publishing. */
public interface CrlEvents {
    /** @param took from looking at what is revoked until everyone could fetch it */
    void published(PublishedCrl crl, Duration took);

    void failed(String reason);

    /** How it stands now. */
    void looked(List<CrlState> states);
}
