package dev.nameplate.ca.edge.admin;

import dev.nameplate.ca.pki.Text;

/** Names what waits for somebody's word, whatever it is. */
record ApprovalId(String value) {
    ApprovalId {
        if (!value.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("the id of what waits has 16 hexadecimal digits: " + Text.shown(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
