package dev.nameplate.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Set;

/** Calls and method references that ask the machine what time it is. {@code System.nanoTime} only measures, and may. */
final class ReadsTheClock extends DescribedPredicate<JavaAccess<?>> {
    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.time.InstantSource.system",
            "java.util.Calendar.getInstance",
            "java.util.GregorianCalendar.<init>");

    ReadsTheClock() {
        super("the clock of the machine is read; take an InstantSource");
    }

    @Override
    public boolean test(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        String type = target.getOwner().getName();
        String name = target.getName();
        return CLOCKS.contains(type + "." + name)
                || (type.startsWith("java.time.") && name.equals("now"))
                || (type.equals("java.time.Clock") && (name.startsWith("system") || name.startsWith("tick")))
                || target.getFullName().equals("java.util.Date.<init>()");
    }
}
