package dev.nameplate.ca.device;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who has the last word on requests that meet every rule.
 *
 * @param on which requests; none exactly if the rules decide alone
 */
public record Decision(By by, Set<Purpose> on) {
    public static final Decision OF_THE_RULES = new Decision(By.RULES, Set.of());

    /** Whose word it is. */
    public enum By {
        RULES,
        OPERATOR,
        WEBHOOK;

        /** @throws IllegalArgumentException naming the accepted words */
        public static By parse(String text) {
            for (By by : values()) {
                if (by.toString().equals(text)) {
                    return by;
                }
            }
            throw new IllegalArgumentException("decision.by is not one of " + List.of(values()));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Decision {
        on = Set.copyOf(on);
        if ((by == By.RULES) != on.isEmpty()) {
            throw new IllegalArgumentException(
                    "decision.on says on which requests an operator or a webhook decides; it goes with those alone");
        }
    }

    /** @return whose word is asked for on such a request */
    public By on(Purpose purpose) {
        return on.contains(purpose) ? by : By.RULES;
    }
}
