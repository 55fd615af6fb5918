package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.ProfileName;
import java.time.Duration;

/** For how long after its end a certificate may still renew itself: a profile's setting, zero unless it says otherwise. */
@FunctionalInterface
public interface GracePeriods {
    Duration after(ProfileName profile);
}
