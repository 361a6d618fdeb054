package dev.mortise.cli.house;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may import whom. Reads the compiled classes of every module, so a road between two rooms
/// that is not on the plan fails here, and the reason says how to mend it.
final class ArchitectureTest {
    private static JavaClasses production = new ClassFileImporter().importPaths(List.of());
    private static JavaClasses everything = production;

    @BeforeAll
    static void readTheClasses() throws IOException {
        // What the build generates for Spring stands in Spring's own packages.
        ClassFileImporter ours =
                new ClassFileImporter().withImportOption(place -> place.contains("/dev/mortise/"));
        production = ours.importPaths(folders("classes"));
        everything = ours.importPaths(folders("classes", "test-classes"));
    }

    private static List<Path> folders(String... kinds) throws IOException {
        try (Stream<Path> modules = Files.list(SourceTree.root())) {
            return modules.flatMap(m -> Stream.of(kinds).map(k -> m.resolve("target").resolve(k)))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }

    @Test
    void spiStandsAlone() {
        check(
                classes()
                        .that()
                        .resideInAPackage("dev.mortise.spi..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage("dev.mortise.spi..", "java..", "org.jspecify..")
                        .because(
                                "everybody speaks spi and must get nothing else with it; move what"
                                        + " needs more to the room that needs it"));
    }

    @Test
    void spiDoesNoWork() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("dev.mortise.spi..")
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching(
                                "java\\.(lang\\.Thread|lang\\.Process.*|nio\\.file\\.Files|sql\\..*"
                                        + "|net\\.(Socket|ServerSocket|http\\..*)"
                                        + "|util\\.concurrent\\.Execut.*)")
                        .because("spi holds words, not work; do the I/O in a connector or a road"));
    }

    @Test
    void testkitKnowsOnlySpi() {
        forbid(
                "dev.mortise.testkit..",
                "a contract must hold for connectors nobody has written yet; hand in what it needs",
                "dev.mortise.connectors..",
                "dev.mortise.engine..",
                "dev.mortise.cdc..",
                "dev.mortise.gateway..",
                "dev.mortise.server..",
                "dev.mortise.cli..",
                "dev.mortise.bench..");
    }

    @Test
    void apiStandsOnSpi() {
        forbid(
                "dev.mortise.api..",
                "what an API wants is the same on every road; hand the value in",
                "dev.mortise.testkit..",
                "dev.mortise.connectors..",
                "dev.mortise.engine..",
                "dev.mortise.cdc..",
                "dev.mortise.gateway..",
                "dev.mortise.server..",
                "dev.mortise.cli..",
                "dev.mortise.bench..");
    }

    @Test
    void engineKnowsNoOtherRoad() {
        forbid(
                "dev.mortise.engine..",
                "the batch road stands on spi alone; give the value to the engine's door instead",
                "dev.mortise.testkit..",
                "dev.mortise.api..",
                "dev.mortise.cdc..",
                "dev.mortise.gateway..",
                "dev.mortise.server..",
                "dev.mortise.cli..",
                "dev.mortise.bench..");
    }

    @Test
    void changeRoadKnowsNoGatewayAndNoServer() {
        forbid(
                "dev.mortise.cdc..",
                "the change road may use spi and engine; hand it what it needs as a record",
                "dev.mortise.gateway..",
                "dev.mortise.server..",
                "dev.mortise.cli..");
    }

    @Test
    void onlyPublishUsesTheEngineFromTheGateway() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("dev.mortise.gateway..")
                        .and()
                        .resideOutsideOfPackage("dev.mortise.gateway.publish..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("dev.mortise.engine..", "dev.mortise.cdc..")
                        .because(
                                "a query may wait and the event loop may not; go through publish"));
    }

    @Test
    void onlyTheCommandLineStartsTheServer() {
        outside(
                "the server is a place to decide, not a library; move the shared record to spi",
                List.of("dev.mortise.server..", "dev.mortise.cli.."),
                "dev.mortise.server..");
        outside(
                "the command line is the end of every road; move what is shared before it",
                List.of("dev.mortise.cli.."),
                "dev.mortise.cli..");
    }

    @Test
    void nobodyImportsAConnector() {
        outside(
                "connectors are found by ServiceLoader; ask for the role, not for the class",
                List.of("dev.mortise.connectors..", "dev.mortise.bench.."),
                "dev.mortise.connectors..");
    }

    @Test
    void connectorsDoNotImportEachOther() {
        check(
                slices().matching("dev.mortise.connectors.(*)..")
                        .should()
                        .notDependOnEachOther()
                        .ignoreDependency(
                                alwaysTrue(), resideInAPackage("dev.mortise.connectors.jdbc.."))
                        .because(
                                "one system must be able to change without another; share through"
                                        + " spi, or through connectors.jdbc when it is SQL"));
    }

    @Test
    void everyLibraryHasOneHome() {
        home("org.springframework..", "dev.mortise.server..");
        home("io.vertx..", "dev.mortise.gateway..");
        home("org.apache.kafka..", "dev.mortise.cdc.log..", "dev.mortise.connectors.kafka..");
        home(
                "org.duckdb..",
                "dev.mortise.engine.operator..",
                "dev.mortise.connectors.duckdb..",
                "dev.mortise.connectors.file..");
        home(
                "org.postgresql..",
                "dev.mortise.connectors.postgres..",
                "dev.mortise.testkit.live..",
                "dev.mortise.cdc.capture..",
                "dev.mortise.bench..");
        home(
                "org.mariadb..",
                "dev.mortise.connectors.mysql..",
                "dev.mortise.testkit.live..",
                "dev.mortise.cdc.capture..",
                "dev.mortise.bench..");
        home("org.sqlite..", "dev.mortise.connectors.sqlite..", "dev.mortise.server.store..");
        home("org.dhatim..", "dev.mortise.connectors.file..");
        home("com.ibm.icu..", "dev.mortise.connectors.file..");
        home("org.snakeyaml..", "dev.mortise.engine.flow..", "dev.mortise.api.yaml..");
        home("org.bouncycastle..", "dev.mortise.api.recipe..", "dev.mortise.testkit.vendor..");
        home("picocli..", "dev.mortise.cli..");
        home("org.openjdk.jmh..", "dev.mortise.bench..");
    }

    private static void home(String library, String... homes) {
        outside(
                "a library has one home, so that it can be replaced there; wrap it at home in a"
                        + " small type of ours",
                List.of(homes),
                library);
    }

    /// A driver finds its plugins by ServiceLoader, so they must be public; nobody else calls them.
    private static final String DRIVER_PLUGIN = "org.mariadb.jdbc.plugin.Codec";

    @Test
    void noForeignTypeShowsInASignature() {
        check(
                classes()
                        .that()
                        .arePublic()
                        .and()
                        .resideInAnyPackage(
                                "dev.mortise.spi..",
                                "dev.mortise.connectors..",
                                "dev.mortise.engine..",
                                "dev.mortise.cdc..")
                        .and()
                        .doNotImplement(DRIVER_PLUGIN)
                        .should(new OwnSignatures())
                        .because(
                                "a foreign type in a signature ties every caller to its library;"
                                        + " hand over a type of spi or of the JDK"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spi", "testkit", "engine", "cdc", "gateway", "server", "bench"})
    void packagesOfARoomHaveNoCycles(String room) {
        check(
                slices().matching("dev.mortise." + room + ".(*)..")
                        .should()
                        .beFreeOfCycles()
                        .because("a road has a direction; move what both need to its start"));
    }

    @Test
    void dataNeverWaitsForTheControlPlane() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "dev.mortise.engine..",
                                "dev.mortise.cdc..",
                                "dev.mortise.gateway..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.jooq..", "org.flywaydb..", "dev.mortise.server..")
                        .because(
                                "flows and traffic go on while the studio is down; hand the road"
                                        + " an immutable record"));
    }

    @Test
    void whatWeDoNotUseStaysOut() {
        everything(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.mockito..",
                                "lombok..",
                                "org.mapstruct..",
                                "com.google.common..",
                                "reactor..",
                                "groovy..",
                                "net.jqwik..")
                        .because("the JDK and a fake written by hand do; see docs/decisions"));
    }

    @Test
    void noMethodRefuses() {
        check(
                noClasses()
                        .should()
                        .callConstructorWhere(
                                OwnSignatures.creates("UnsupportedOperationException"))
                        .because(
                                "a capability is a role; split the interface instead of refusing"));
    }

    @Test
    void valuesTravelByArgument() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.lang.ThreadLocal")
                        .because("virtual threads are many; bind a ScopedValue once at the door"));
    }

    private static void forbid(String room, String mend, String... others) {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(room)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(others)
                        .because(mend));
    }

    private static void outside(String mend, List<String> homes, String... wanted) {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(homes.toArray(String[]::new))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(wanted)
                        .because(mend));
    }

    private static void check(ArchRule rule) {
        // A room that is not built yet breaks no rule.
        rule.allowEmptyShould(true).check(production);
    }

    private static void everything(ArchRule rule) {
        rule.allowEmptyShould(true).check(everything);
    }
}
