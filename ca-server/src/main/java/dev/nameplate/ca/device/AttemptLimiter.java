package dev.nameplate.ca.device;

import dev.nameplate.ca.refusal.Refusal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Slows the guessing of codes, per device id and per source. An attempt is taken from the device's allowance before the code is
 * looked at and given back if it was right, so that many attempts at once are no way round; a source's is looked at before and
 * taken after, so that a gateway with many devices behind it is not held up, and may be overrun by the attempts under way.
 */
public final class AttemptLimiter {
    private static final int PREFIX_OCTETS = 8;

    private final Allowances devices;
    private final Allowances sources;

    public AttemptLimiter(AttemptLimits limits, InstantSource clock) {
        this.devices = new Allowances(limits.perDevice(), limits.tracked(), clock);
        this.sources = new Allowances(limits.perSource(), limits.tracked(), clock);
    }

    /** Call before each attempt. @return why it may not be made now, if it may not; even with the right code */
    Optional<Refusal> objectionTo(String device, String source) {
        return sources.waitFor(network(source))
                .<Refusal>map(wait -> new Refusal.QuotaSpent("attempts from this address", wait))
                .or(() -> devices.take(device).map(wait -> new Refusal.QuotaSpent("attempts for this device", wait)));
    }

    void failed(String source) {
        sources.spend(network(source));
    }

    void succeeded(String device) {
        devices.giveBack(device);
    }

    /** Whoever has one IPv6 address has its whole /64. */
    private static String network(String source) {
        return address(source) instanceof Inet6Address six
                ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), PREFIX_OCTETS))
                : source;
    }

    private static Object address(String source) {
        try {
            return InetAddress.ofLiteral(source);
        } catch (IllegalArgumentException notAnAddress) {
            return source;
        }
    }
}
