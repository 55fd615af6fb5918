package dev.nameplate.ca.renewal;

import java.util.Map;
import java.util.TreeMap;

/** A pull that somebody watches to its end. */
public record Campaign(Pull pull, String name, Goal goal) {
    private static final int LONGEST_NAME = 64;

    public Campaign {
        if (name.isBlank() || name.length() > LONGEST_NAME || !name.matches("\\P{Cntrl}*")) {
            throw new IllegalArgumentException("name is not one line of 1 to " + LONGEST_NAME + " characters");
        }
    }

    /** For the audit trail. */
    Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>(pull.facts());
        facts.putAll(goal.words());
        facts.put("name", name);
        return facts;
    }
}
