package dev.nameplate.ca.ocsp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What somebody asks (RFC 6960, 4.1.1). A signature on it is not looked at (RFC 9919, 3.1.2): what is answered is for everybody.
 *
 * @param ids at least one
 * @param nonce to be repeated in the answer (RFC 9654), 1 to 128 octets
 */
public record OcspRequest(List<CertId> ids, Optional<Nonce> nonce) {
    static final int MOST_IDS = 20;

    /** Equal by its octets. */
    public static final class Nonce {
        private static final int MOST_OCTETS = 128;
        private final byte[] octets;

        Nonce(byte[] octets) {
            if (octets.length == 0 || octets.length > MOST_OCTETS) {
                throw new MalformedOcspRequestException(
                        "a nonce has 1 to " + MOST_OCTETS + " octets (RFC 9654, 2.1), not " + octets.length);
            }
            this.octets = octets;
        }

        byte[] octets() {
            return octets.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Nonce that && Arrays.equals(octets, that.octets);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(octets);
        }
    }

    public OcspRequest {
        ids = List.copyOf(ids);
    }

    /** @throws MalformedOcspRequestException naming what is wrong */
    public static OcspRequest parse(byte[] der) {
        DerCursor whole = new DerCursor(der);
        DerCursor request = whole.next(DerCursor.SEQUENCE);
        whole.requireEnd();
        DerCursor toBeSigned = request.next(DerCursor.SEQUENCE);
        if (request.nextIs(DerCursor.explicit(0))) {
            request.next(DerCursor.explicit(0)).next(DerCursor.SEQUENCE);
        }
        request.requireEnd();
        return read(toBeSigned);
    }

    /** Whether everybody who asks this may get the same answer. */
    public boolean isPlain() {
        return nonce.isEmpty() && ids.size() == 1;
    }

    private static OcspRequest read(DerCursor request) {
        if (request.nextIs(DerCursor.explicit(0))) {
            requireVersion1(request.next(DerCursor.explicit(0)));
        }
        if (request.nextIs(DerCursor.explicit(1))) {
            request.next(DerCursor.explicit(1)).first();
        }
        List<CertId> ids = ids(request.next(DerCursor.SEQUENCE));
        Optional<Nonce> nonce = Optional.empty();
        if (request.nextIs(DerCursor.explicit(2))) {
            nonce = RequestExtensions.nonce(request.next(DerCursor.explicit(2)));
        }
        request.requireEnd();
        return new OcspRequest(ids, nonce);
    }

    private static void requireVersion1(DerCursor explicit) {
        DerCursor version = explicit.next(DerCursor.INTEGER);
        explicit.requireEnd();
        if (version.size() != 1 || version.first() != 0) {
            throw new MalformedOcspRequestException("the version of the request is not 1");
        }
    }

    private static List<CertId> ids(DerCursor list) {
        if (list.isAtEnd()) {
            throw new MalformedOcspRequestException("the request names no certificate");
        }
        CertId first = id(list.next(DerCursor.SEQUENCE));
        if (list.isAtEnd()) {
            return List.of(first);
        }
        List<CertId> ids = new ArrayList<>(List.of(first));
        while (!list.isAtEnd()) {
            if (ids.size() == MOST_IDS) {
                throw new MalformedOcspRequestException("the request names more than " + MOST_IDS + " certificates");
            }
            ids.add(id(list.next(DerCursor.SEQUENCE)));
        }
        return ids;
    }

    private static CertId id(DerCursor request) {
        CertId id = CertId.read(request);
        if (request.nextIs(DerCursor.explicit(0))) {
            RequestExtensions.nonce(request.next(DerCursor.explicit(0)));
        }
        request.requireEnd();
        return id;
    }
}
