package dev.channels;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.channels", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule theCoreNeedsNothingButJavaAndJSpecify =
            classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.jspecify..", "dev.channels");

    @ArchTest
    static final ArchRule implementationsAreHidden = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotRecords()
            .and()
            .areNotEnums()
            .and()
            .areNotAssignableTo(Throwable.class)
            .and()
            .areNotAssignableTo(Select.class)
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule nothingBlocksUnderAMonitor = noMethods()
            .should()
            .haveModifier(JavaModifier.SYNCHRONIZED)
            .because("virtual threads would be pinned on 21");
}
