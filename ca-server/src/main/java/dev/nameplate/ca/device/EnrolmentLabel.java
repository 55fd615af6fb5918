package dev.nameplate.ca.device;

import dev.nameplate.ca.pki.LabelName;
import dev.nameplate.ca.pki.ProfileName;
import java.util.List;
import java.util.Set;

/**
 * One EST service: who may enrol there, and for which profile.
 *
 * @param ways how devices may prove who they are, at least one
 * @param manufacturers whose certificates count; present exactly if {@code ways} has {@link Way#MANUFACTURER}
 * @param terms what else it asks of a request
 */
public record EnrolmentLabel(
        LabelName name, ProfileName profile, Set<Way> ways, List<ManufacturerAnchor> manufacturers, Terms terms) {
    /**
     * What a label asks of a request beyond its rules.
     *
     * @param linking whether requests have to be linked to their TLS session
     * @param decision whose word they wait for
     * @param attestation what becomes of key attestation in them
     * @param named where a request that a registration authority brings names its device
     */
    public record Terms(Linking linking, Decision decision, Attestation attestation, IdentityField named) {
        /** Where requests that meet the rules wait for nobody. */
        public static Terms of(Linking linking) {
            return of(linking, Decision.OF_THE_RULES);
        }

        public static Terms of(Linking linking, Decision decision) {
            return new Terms(linking, decision, Attestation.WHEN_GIVEN, IdentityField.COMMON_NAME);
        }
    }

    /** Where requests that meet the rules wait for nobody. */
    public EnrolmentLabel(
            LabelName name,
            ProfileName profile,
            Set<Way> ways,
            List<ManufacturerAnchor> manufacturers,
            Linking linking) {
        this(name, profile, ways, manufacturers, Terms.of(linking));
    }

    /** Where a link is checked when it is given. */
    public EnrolmentLabel(LabelName name, ProfileName profile, Set<Way> ways, List<ManufacturerAnchor> manufacturers) {
        this(name, profile, ways, manufacturers, Linking.WHEN_GIVEN);
    }

    public EnrolmentLabel {
        ways = Set.copyOf(ways);
        manufacturers = List.copyOf(manufacturers);
        if (ways.isEmpty()) {
            throw new IllegalArgumentException(
                    "labels." + name + ".ways is empty: name at least one of " + List.of(Way.values()));
        }
        if (ways.contains(Way.MANUFACTURER) == manufacturers.isEmpty()) {
            throw new IllegalArgumentException("labels." + name
                    + ": the way manufacturer and the list of manufacturers go together; one of them is missing");
        }
        if (manufacturers.stream().map(ManufacturerAnchor::name).distinct().count() != manufacturers.size()) {
            throw new IllegalArgumentException("labels." + name + ".manufacturers has one name twice");
        }
    }

    /** Whether requests have to be linked to their TLS session. */
    public Linking linking() {
        return terms.linking();
    }

    public boolean accepts(Way way) {
        return ways.contains(way);
    }
}
