package dev.nameplate.ca.cli.est;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Where a server sends its client. */
final class Redirects {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 307, 308);

    private Redirects() {}

    /**
     * Where to go on, if the server says so.
     *
     * @throws IOException if that is another server, which needs the user's consent (RFC 7030, 3.2.1)
     */
    static Optional<URI> within(URI origin, HttpResponse<?> response) throws IOException {
        Optional<String> location = response.headers().firstValue("Location");
        if (!STATUSES.contains(response.statusCode()) || location.isEmpty()) {
            return Optional.empty();
        }
        URI target = resolved(response.uri(), location.get());
        if (!Objects.equals(target.getScheme(), origin.getScheme())
                || !Objects.equals(target.getAuthority(), origin.getAuthority())) {
            throw new IOException("the server redirects to another one, " + target.getScheme() + "://"
                    + target.getAuthority() + "; name that with --server if it is to be asked");
        }
        return Optional.of(target);
    }

    private static URI resolved(URI from, String location) throws IOException {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("the server redirects to what is no address", e);
        }
    }
}
