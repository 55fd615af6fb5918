package dev.nameplate.hsm.pkcs11;

import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/** A logged-in session, used by one call at a time. */
record TokenSession(Session session, Epoch epoch, Instant usedLast) {
    private static final Logger LOG = LoggerFactory.getLogger(TokenSession.class);

    TokenSession usedAt(Instant now) {
        return new TokenSession(session, epoch, now);
    }

    void close() {
        try {
            session.closeSession();
        } catch (PKCS11Exception gone) {
            LOG.debug("session was closed already: {}", gone.getErrorName());
        }
    }
}
