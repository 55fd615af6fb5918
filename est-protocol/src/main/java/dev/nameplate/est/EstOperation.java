package dev.nameplate.est;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The operations of RFC 7030, 3.2.2, whether a server offers them or not. */
public enum EstOperation {
    CACERTS("cacerts", "GET"),
    SIMPLEENROLL("simpleenroll", "POST"),
    SIMPLEREENROLL("simplereenroll", "POST"),
    CSRATTRS("csrattrs", "GET"),
    SERVERKEYGEN("serverkeygen", "POST"),
    FULLCMC("fullcmc", "POST"),

    /** Of no RFC: when a certificate is to be renewed, as RFC 9773 tells it to clients of ACME. */
    RENEWALINFO("renewalinfo", "GET");

    private static final Map<String, EstOperation> BY_SEGMENT = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(EstOperation::segment, operation -> operation));

    private final String segment;
    private final String method;

    EstOperation(String segment, String method) {
        this.segment = segment;
        this.method = method;
    }

    /** @return the operation of this path segment; case matters */
    public static Optional<EstOperation> ofSegment(String segment) {
        return Optional.ofNullable(BY_SEGMENT.get(segment));
    }

    /** The last segment of the path. */
    public String segment() {
        return segment;
    }

    /** The HTTP method; where it is GET, HEAD goes too. */
    public String method() {
        return method;
    }
}
