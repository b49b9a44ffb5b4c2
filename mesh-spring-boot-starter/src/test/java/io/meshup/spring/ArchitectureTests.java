package io.meshup.spring;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

class ArchitectureTests {

	private static final String ROOT = "io.meshup.spring";

	private static final String[] FOUNDATION = { ROOT, ROOT + ".setting", ROOT + ".instance", ROOT + ".drain",
			ROOT + ".registry", ROOT + ".report" };

	private static final String CLIENTS = ROOT + ".client";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@Test
	void packagesAreFreeOfCycles() {
		SlicesRuleDefinition.slices().matching("io.meshup.(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void theFoundationKnowsNoneOfThePartsOnIt() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAnyPackage(FOUNDATION)
			.should()
			.onlyDependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackage(ROOT + "..")
				.or(JavaClass.Predicates.resideInAnyPackage(FOUNDATION)))
			.check(CLASSES);
	}

	@Test
	void thePartsShareOnlyTheFoundationAndWhatClientsHaveInCommon() {
		SlicesRuleDefinition.slices()
			.matching(ROOT + ".(*)..")
			.should()
			.notDependOnEachOther()
			.ignoreDependency(JavaClass.Predicates.resideInAPackage(ROOT + ".."),
					JavaClass.Predicates.resideInAnyPackage(FOUNDATION)
						.or(JavaClass.Predicates.resideInAPackage(CLIENTS)))
			.check(CLASSES);
	}

	@Test
	void autoConfigurationsArePublicAndFinalWithoutPublicMembers() {
		ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould(haveNoPublicMembers())
			.check(CLASSES);
	}

	@Test
	void classConditionsStandOnClasses() {
		ArchRuleDefinition.methods()
			.that()
			.areAnnotatedWith(Bean.class)
			.should()
			.notBeAnnotatedWith(ConditionalOnClass.class)
			.check(CLASSES);
	}

	@Test
	void nothingIsInjectedIntoFields() {
		ArchRuleDefinition.noFields().should().beAnnotatedWith(Autowired.class).check(CLASSES);
	}

	@Test
	void everyPackageIsNullMarked() {
		ArchRuleDefinition.classes().should(liveInANullMarkedPackage()).check(CLASSES);
	}

	private static ArchCondition<JavaClass> haveNoPublicMembers() {
		return new ArchCondition<>("have no public members") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				type.getMethods()
					.stream()
					.filter((method) -> method.getModifiers().contains(JavaModifier.PUBLIC))
					.forEach((method) -> events
						.add(SimpleConditionEvent.violated(method, method.getFullName() + " is public")));
			}

		};
	}

	private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
		return new ArchCondition<>("live in a package marked with @NullMarked") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(type, marked, type.getName() + " in a marked package: " + marked));
			}

		};
	}

}
