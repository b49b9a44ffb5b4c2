package io.meshup.cli;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The walls of this part.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.meshup.cli");

	@Test
	void hasNoCyclesBetweenPackages() {
		SlicesRuleDefinition.slices().matching("io.meshup.cli.(*)..").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void knowsOnlyTheModelOfTheRest() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.meshup..")
				.and(JavaClass.Predicates.resideInAPackage("io.meshup.cli..").negate())
				.and(JavaClass.Predicates.resideInAPackage("io.meshup.model").negate()))
			.check(CLASSES);
	}

	@Test
	void knowsNoSpring() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "reactor..")
			.check(CLASSES);
	}

	@Test
	void marksEveryPackageForNullness() {
		assertThat(CLASSES.stream()
			.map((type) -> type.getPackage())
			.distinct()
			.filter((type) -> !type.isAnnotatedWith(NullMarked.class))
			.map((type) -> type.getName())).isEmpty();
	}

}
