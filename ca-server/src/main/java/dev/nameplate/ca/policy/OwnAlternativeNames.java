package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.Names;
import dev.nameplate.ca.pki.Text;
import dev.nameplate.ca.refusal.Refusal;
import java.util.Optional;
import java.util.Set;

/** Every alternative name that is asked for is one the profile gives this applicant. */
final class OwnAlternativeNames implements CsrCheck {
    @Override
    public Optional<Refusal> objectionTo(Request request) {
        Set<String> given = AltNames.comparable(request.alternatives());
        try {
            return AltNames.in(request.csr().requestedExtensions()).stream()
                    .filter(asked -> !given.contains(Names.comparable(asked)))
                    .findFirst()
                    .map(asked -> new Refusal.SubjectAltNameNotAllowed(
                            Text.shown(asked.toString()), request.profile().name()));
        } catch (IllegalArgumentException malformed) {
            return Optional.of(new Refusal.ExtensionNotAllowed(
                    "malformed subjectAltName", request.profile().name()));
        }
    }
}
