package dev.nameplate.ca.policy;

import dev.nameplate.ca.pki.ProfileName;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every profile of the settings, by name. */
public final class Profiles {
    private final Map<ProfileName, Profile> byName;

    public Profiles(Collection<Profile> profiles) {
        byName = profiles.stream().collect(Collectors.toUnmodifiableMap(Profile::name, Function.identity()));
    }

    /** @throws IllegalArgumentException if there is none of that name; the settings' check makes sure there is */
    public Profile named(ProfileName name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("there is no profile " + name));
    }

    public Optional<Profile> find(ProfileName name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Profile> all() {
        return byName.values();
    }
}
