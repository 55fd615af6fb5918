package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.CrlScope;
import dev.nameplate.ca.pki.Holder;
import dev.nameplate.ca.pki.IssuerGeneration;
import java.util.Map;
import java.util.Optional;

/** What the variables of a template stand for. */
interface Variables {
    Optional<String> value(String name);

    /** {@code device.id}, and {@code device.NAME} for every attribute. */
    static Variables ofDevice(String id, Map<String, String> attributes) {
        return name -> {
            if (name.equals("device.id")) {
                return Optional.of(id);
            }
            return name.startsWith("device.")
                    ? Optional.ofNullable(attributes.get(name.substring("device.".length())))
                    : Optional.empty();
        };
    }

    /** {@code operator.name} or {@code service.name}. */
    static Variables of(Holder holder) {
        String known = holder.kind() == Holder.Kind.OPERATOR ? "operator.name" : "service.name";
        return name -> name.equals(known) ? Optional.of(holder.name()) : Optional.empty();
    }

    /** {@code issuer} and {@code generation}. */
    static Variables of(IssuerGeneration issuer) {
        return name -> switch (name) {
            case "issuer" -> Optional.of(issuer.issuer().value());
            case "generation" -> Optional.of(String.valueOf(issuer.number()));
            default -> Optional.empty();
        };
    }

    /** {@code issuer}, {@code generation} and {@code shard}. */
    static Variables of(CrlScope scope) {
        Variables issuer = of(scope.issuer());
        return name -> name.equals("shard") ? Optional.of(scope.name()) : issuer.value(name);
    }

    static boolean ofCrls(String name) {
        return ofIssuers(name) || name.equals("shard");
    }

    static boolean ofHolders(String name) {
        return name.startsWith("device.") || name.equals("operator.name") || name.equals("service.name");
    }

    static boolean ofIssuers(String name) {
        return name.equals("issuer") || name.equals("generation");
    }
}
