package dev.nameplate.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/** Classes generated from the migrations are named by their generator. */
final class AreWrittenByHand extends DescribedPredicate<JavaClass> {
    AreWrittenByHand() {
        super("are written by hand");
    }

    @Override
    public boolean test(JavaClass type) {
        return !type.getPackageName().startsWith("dev.nameplate.schema.");
    }
}
