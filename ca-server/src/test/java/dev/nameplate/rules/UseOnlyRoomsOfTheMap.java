package dev.nameplate.rules;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;

/** The arrows of {@link Rooms}. A class in no room is a violation, so a new room must be put on the map. */
final class UseOnlyRoomsOfTheMap extends ArchCondition<JavaClass> {
    UseOnlyRoomsOfTheMap() {
        super("use only the rooms that the map in Rooms allows");
    }

    @Override
    public void check(JavaClass user, ConditionEvents events) {
        Optional<String> room = Rooms.roomOf(user.getPackageName());
        if (room.isEmpty()) {
            events.add(SimpleConditionEvent.violated(user, user.getName() + " is in no room of the map"));
            return;
        }
        for (Dependency arrow : user.getDirectDependenciesFromSelf()) {
            if (!isAllowed(room.get(), arrow.getTargetClass().getBaseComponentType())) {
                events.add(SimpleConditionEvent.violated(arrow, arrow.getDescription()));
            }
        }
    }

    private static boolean isAllowed(String room, JavaClass used) {
        if (!used.getPackageName().startsWith(Rooms.ROOT)) {
            return true;
        }
        return Rooms.roomOf(used.getPackageName())
                .map(target -> Rooms.mayUse(room, target) || isFaultMadeAnAnswer(room, used))
                .orElse(false);
    }

    /** The one table of answers names the faults of every room, and nothing else of theirs. */
    private static boolean isFaultMadeAnAnswer(String room, JavaClass used) {
        return room.equals("ca.edge.http") && used.isAssignableTo(Throwable.class);
    }
}
