package dev.nameplate.ca.health;

/** One thing to look at. */
public interface HealthCheck {
    /** What is looked at, as in {@code token}: lower-case letters, digits and dashes. */
    String name();

    /** Looks now. May block for as long as the thing itself does; what it throws counts as a fault. */
    Finding find();
}
