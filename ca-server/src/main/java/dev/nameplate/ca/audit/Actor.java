package dev.nameplate.ca.audit;

import dev.nameplate.ca.pki.Holder;

/** Who caused an event: a holder ({@code device:sensor-17}, {@code operator:admin}), or the CA itself ({@code system}). */
public record Actor(String value) {
    public static final Actor SYSTEM = new Actor("system");

    public static Actor of(Holder holder) {
        return new Actor(holder.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
