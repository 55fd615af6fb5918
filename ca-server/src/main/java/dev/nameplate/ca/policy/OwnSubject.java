package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.Names;
import dev.nameplate.ca.pki.Text;
import dev.nameplate.ca.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Where the CSR's subject names somebody (common name, serial number, user id), that is the applicant. Whatever else stands there
 * is not looked at and not copied; an empty subject is fine.
 */
final class OwnSubject implements CsrCheck {
    private static final List<ASN1ObjectIdentifier> NAMING = List.of(BCStyle.CN, BCStyle.SERIALNUMBER, BCStyle.UID);

    @Override
    public Optional<Refusal> objectionTo(Request request) {
        if (request.csr().subject().size() == 0) {
            return Optional.empty();
        }
        List<String> own = own(request);
        return NAMING.stream()
                .flatMap(type -> Names.values(request.csr().subject(), type).stream())
                .filter(asked -> own.stream().noneMatch(name -> Names.sameText(name, asked)))
                .findFirst()
                .map(asked -> request.applicant().anothersName(Text.shown(asked)));
    }

    private static List<String> own(Request request) {
        List<String> own = new ArrayList<>(request.applicant().values());
        own.add(request.applicant().holder().name());
        NAMING.forEach(type -> own.addAll(Names.values(request.subject(), type)));
        return own;
    }
}
