package dev.nameplate.ca.operator;

import java.util.Locale;

/** What somebody at the operator door may do; each endpoint declares which of them it takes. */
public enum Role {
    ADMIN,
    OPERATOR,
    AUDITOR,
    STATION;

    /** @throws IllegalArgumentException naming the accepted words */
    public static Role parse(String text) {
        for (Role role : values()) {
            if (role.toString().equals(text)) {
                return role;
            }
        }
        throw new IllegalArgumentException("role is not one of admin, operator, auditor, station");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
