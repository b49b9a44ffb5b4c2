package io.meshup.gateway;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;

/**
 * The walls of the gateway's house.
 */
class ArchitectureTests {

	private static final String ROOT = "io.meshup.gateway";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@Test
	void packagesAreFreeOfCycles() {
		SlicesRuleDefinition.slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void theEdgeKnowsNothingOfTheRouting() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(ROOT + ".edge..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT + ".routing..")
			.check(CLASSES);
	}

	@Test
	void theEngineIsReachedThroughTheReactiveDriverOnly() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.meshup.spring.blocking..", "io.meshup.balance..", "io.meshup.limit..",
					"io.meshup.control..")
			.check(CLASSES);
	}

	@Test
	void nothingBlocks() {
		ArchRuleDefinition.noClasses().should().callMethod(Mono.class, "block").check(CLASSES);
		ArchRuleDefinition.noClasses().should().callMethod(Flux.class, "blockLast").check(CLASSES);
		ArchRuleDefinition.noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
	}

	@Test
	void textsAreNeverEvaluated() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.expression..")
			.check(CLASSES);
	}

	@Test
	void fieldsAreFinalAndNothingIsInjectedIntoThem() {
		ArchRuleDefinition.fields().should().haveModifier(JavaModifier.FINAL).check(CLASSES);
		ArchRuleDefinition.noFields().should().beAnnotatedWith(Autowired.class).check(CLASSES);
	}

}
