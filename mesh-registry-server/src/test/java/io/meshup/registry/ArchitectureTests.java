package io.meshup.registry;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The directions of the house inside the registry.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.meshup.registry");

	@Test
	void packagesAreFreeOfCycles() {
		SlicesRuleDefinition.slices().matching("io.meshup.(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void usesOnlyTheModelOfCoreAndItsMatching() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.meshup.balance..", "io.meshup.limit..", "io.meshup.traffic..",
					"io.meshup.control..", "io.meshup.spring..", "io.meshup.admin..")
			.check(CLASSES);
	}

	@Test
	void onlyExplanationsMatchRequests() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackages("io.meshup.registry.insight.explain..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.meshup.route..")
			.check(CLASSES);
	}

	@Test
	void rulesAndLeasesMeetOnlyInTheStore() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage("io.meshup.registry.rule..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.meshup.registry.lease..", "io.meshup.registry.watch..",
					"io.meshup.registry.insight..", "io.meshup.registry.security..")
			.check(CLASSES);
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage("io.meshup.registry.lease..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.meshup.registry.rule..", "io.meshup.registry.watch..",
					"io.meshup.registry.insight..", "io.meshup.registry.security..")
			.check(CLASSES);
	}

	@Test
	void neverBlocksOnAPublisher() {
		ArchRuleDefinition.noClasses()
			.should()
			.callMethod(Mono.class, "block")
			.orShould()
			.callMethod(Flux.class, "blockLast")
			.check(CLASSES);
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage("io.meshup.registry.store..")
			.should()
			.callMethod(Thread.class, "sleep", long.class)
			.check(CLASSES);
	}

	@Test
	void evaluatesNoExpressionsAndReadsNoWallClockInNumbers() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.expression..")
			.check(CLASSES);
		ArchRuleDefinition.noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
	}

	@Test
	void injectsThroughConstructorsOnly() {
		ArchRuleDefinition.noFields().should().beAnnotatedWith(Autowired.class).check(CLASSES);
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(CLASSES.stream().map((type) -> type.getPackage()).distinct())
			.allMatch((type) -> type.tryGetAnnotationOfType(NullMarked.class).isPresent());
	}

}
