package dev.nameplate.ca.edge.admin;

import java.util.Optional;

/** A request that is not what the operation takes, found before anything was decided. */
final class MalformedCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    /** @param field the parameter, or the path of the JSON field, that is wrong */
    record Fault(int status, String slug, String detail, Optional<String> field) {}

    private MalformedCallException(Fault fault) {
        super(fault.detail());
        this.fault = fault;
    }

    static MalformedCallException field(String field, String why) {
        return new MalformedCallException(new Fault(400, "field-wrong", why, Optional.of(field)));
    }

    static MalformedCallException body(String why) {
        return new MalformedCallException(new Fault(400, "body-malformed", why, Optional.empty()));
    }

    static MalformedCallException tooLarge(int maxBytes) {
        return new MalformedCallException(
                new Fault(413, "body-too-large", "the body has more than " + maxBytes + " octets", Optional.empty()));
    }

    static MalformedCallException notJson() {
        return new MalformedCallException(
                new Fault(415, "not-json", "the body is not sent as Content-Type: application/json", Optional.empty()));
    }

    Fault fault() {
        return fault;
    }
}
