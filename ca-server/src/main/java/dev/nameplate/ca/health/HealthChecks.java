package dev.nameplate.ca.health;

import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that is looked at.
 *
 * @param needed without which no request can be served, as token and database: these decide readiness
 * @param others what only {@code doctor} looks at
 */
public record HealthChecks(List<HealthCheck> needed, List<HealthCheck> others) {
    public HealthChecks {
        needed = List.copyOf(needed);
        others = List.copyOf(others);
    }

    public List<HealthCheck> all() {
        return Stream.concat(needed.stream(), others.stream()).toList();
    }
}
