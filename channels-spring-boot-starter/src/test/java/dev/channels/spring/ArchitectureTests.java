package dev.channels.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way, along the way that a message takes. */
@AnalyzeClasses(packages = "dev.channels.spring", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule dependenciesPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("application")
            .definedBy("dev.channels.spring")
            .layer("transport")
            .definedBy("..transport..")
            .layer("registry")
            .definedBy("..registry..")
            .layer("listener")
            .definedBy("..listener..")
            .layer("actuate")
            .definedBy("..actuate..")
            .layer("observation")
            .definedBy("dev.channels.spring.observation..")
            .layer("autoconfigure")
            .definedBy("..autoconfigure..")
            .whereLayer("autoconfigure")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("actuate")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("observation")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("listener")
            .mayOnlyBeAccessedByLayers("actuate", "observation", "autoconfigure")
            .whereLayer("registry")
            .mayOnlyBeAccessedByLayers("listener", "actuate", "observation", "autoconfigure")
            .whereLayer("transport")
            .mayOnlyBeAccessedByLayers("registry", "listener", "actuate", "observation", "autoconfigure");

    @ArchTest
    static final ArchRule whatUsersTouchKnowsNothingOfTheInside = noClasses()
            .that()
            .resideInAPackage("dev.channels.spring")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.channels.spring.*..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.channels.spring.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule meterLibraryIsOnlyWhereItIsOptional = noClasses()
            .that()
            .resideOutsideOfPackages("..observation..", "..metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule actuatorIsOnlyWhereItIsOptional = noClasses()
            .that()
            .resideOutsideOfPackages("..actuate..", "..endpoint..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.boot.actuate..");

    @ArchTest
    static final ArchRule healthIsOnlyWhereItIsOptional = noClasses()
            .that()
            .resideOutsideOfPackages("..actuate..", "..health..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.boot.health..");

    @ArchTest
    static final ArchRule jsonLibraryIsOnlyWhereItIsOptional = noClasses()
            .that()
            .resideOutsideOfPackages("..jackson..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = classes()
            .should()
            .haveSimpleNameNotEndingWith("Impl")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager");
}
