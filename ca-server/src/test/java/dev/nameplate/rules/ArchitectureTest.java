package dev.nameplate.rules;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which room may use which (see {@link Rooms}), and what no room may do. */
class ArchitectureTest {
    private static final String[] SQL = {"org.jooq..", "java.sql..", "javax.sql..", "org.flywaydb..", "com.zaxxer.."};
    private static final String[] TOKEN_BINDING = {"org.xipki..", "iaik.."};
    private static final String[] WEB = {"io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..", "org.conscrypt.."};

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.nameplate");

    @Test
    void looksAtEveryModule() {
        assertThat(Stream.of("est", "hsm", "schema", "ca.pki"))
                .allSatisfy(room -> assertThat(PRODUCT).anyMatch(type -> Rooms.isIn(type.getPackageName(), room)));
    }

    @Test
    void roomsUseOnlyTheRoomsOfTheMap() {
        classes().should(new UseOnlyRoomsOfTheMap()).check(PRODUCT);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("dev.nameplate.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(new AreWrittenByHand().negate(), alwaysTrue())
                .check(PRODUCT);
    }

    @Test
    void featuresKnowNoDoorNoDatabaseNoTokenBindingAndNoCommandLine() {
        noClasses()
                .that()
                .resideInAnyPackage(Rooms.packagesOf(Rooms.features()))
                .should()
                .dependOnClassesThat(resideInAnyPackage(WEB)
                        .or(resideInAnyPackage(SQL))
                        .or(resideInAnyPackage(TOKEN_BINDING))
                        .or(resideInAPackage("picocli..")))
                .check(PRODUCT);
    }

    @Test
    void sqlIsSpokenInTheStoreAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.nameplate.ca.store..", "dev.nameplate.schema..", "dev.nameplate.ca.app..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(SQL))
                .check(PRODUCT);
    }

    @Test
    void theTokenBindingIsSpokenInHsmAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.nameplate.hsm..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(TOKEN_BINDING))
                .check(PRODUCT);
    }

    @Test
    void estProtocolIsMessagesAndNothingElse() {
        classes()
                .that()
                .resideInAPackage("dev.nameplate.est..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.nameplate.est..",
                        "org.bouncycastle..",
                        "org.jspecify..",
                        "java.io",
                        "java.lang..",
                        "java.math",
                        "java.nio",
                        "java.nio.charset",
                        "java.security..",
                        "java.text",
                        "java.time..",
                        "java.util",
                        "java.util.function",
                        "java.util.regex",
                        "java.util.stream",
                        // a key is sealed by the JDK's ciphers, which write over their own buffers
                        "javax.crypto",
                        "javax.crypto.spec"))
                .check(PRODUCT);
    }

    @Test
    void theClockIsReadInAppAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.nameplate.ca.app..")
                .should()
                .accessTargetWhere(new ReadsTheClock())
                .check(PRODUCT);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .that(new AreWrittenByHand())
                .should(new BeNamedForWhatTheyAre())
                .check(PRODUCT);
    }
}
