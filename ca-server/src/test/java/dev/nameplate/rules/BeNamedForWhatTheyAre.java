package dev.nameplate.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Words that name no thing of the trade: a {@code CertificateManager} could be anything. */
final class BeNamedForWhatTheyAre extends ArchCondition<JavaClass> {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Set<String> EMPTY_WORDS = Set.of("Manager", "Helper", "Helpers", "Util", "Utils", "Impl");
    private static final Set<String> EMPTY_FIRST_WORDS = Set.of("Base", "Abstract");

    BeNamedForWhatTheyAre() {
        super("have a name without " + EMPTY_WORDS + " that starts with none of " + EMPTY_FIRST_WORDS);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        List<String> words = List.of(BETWEEN_WORDS.split(type.getSimpleName()));
        boolean empty = words.stream().anyMatch(EMPTY_WORDS::contains) || EMPTY_FIRST_WORDS.contains(words.getFirst());
        if (empty) {
            events.add(SimpleConditionEvent.violated(type, type.getName() + " is not named for what it is"));
        }
    }
}
