package io.meshup;

import java.time.Instant;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.meshup.model.MeshJson;
import io.meshup.traffic.table.NanoClock;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The walls of the house: who may know whom, where time and JSON come from.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.meshup");

	@Test
	void hasNoCyclesBetweenPackages() {
		SlicesRuleDefinition.slices().matching("io.meshup.(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void letsTheModelKnowNothingOfOurs() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage("..model..")
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.meshup..")
				.and(JavaClass.Predicates.resideInAPackage("..model..").negate()))
			.check(CLASSES);
	}

	@Test
	void keepsRouteBalanceAndLimitApart() {
		for (String part : new String[] { "route", "balance", "limit", "cache", "control" }) {
			ArchRuleDefinition.noClasses()
				.that()
				.resideInAPackage("io.meshup." + part + "..")
				.should()
				.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.meshup..")
					.and(JavaClass.Predicates.resideInAPackage("io.meshup." + part + "..").negate())
					.and(JavaClass.Predicates.resideInAPackage("io.meshup.model..").negate()))
				.check(CLASSES);
		}
	}

	@Test
	void keepsTheEngineAwayFromTheRegistryClient() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage("..traffic..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("..control..")
			.check(CLASSES);
	}

	@Test
	void knowsNoSpringAndNoReactor() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "reactor..", "org.reactivestreams..")
			.check(CLASSES);
	}

	@Test
	void readsTimeThroughTheTwoClocksOnly() {
		ArchRuleDefinition.noClasses()
			.that()
			.doNotBelongToAnyOf(NanoClock.class)
			.and()
			.doNotHaveFullyQualifiedName("io.meshup.control.SystemClock")
			.should()
			.callMethod(System.class, "nanoTime")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(Thread.class, "sleep", long.class)
			.check(CLASSES);
	}

	@Test
	void doesNoInputAndOutputInTheEngine() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAnyPackage("..traffic..", "..route..", "..balance..", "..limit..", "..cache..")
			.should()
			.dependOnClassesThat()
			.haveFullyQualifiedName("java.net.Socket")
			.orShould()
			.dependOnClassesThat()
			.haveFullyQualifiedName("java.net.http.HttpClient")
			.orShould()
			.dependOnClassesThat()
			.resideInAPackage("java.nio.file..")
			.check(CLASSES);
	}

	@Test
	void makesMappersInMeshJsonOnly() {
		ArchRuleDefinition.noClasses()
			.that()
			.doNotBelongToAnyOf(MeshJson.class)
			.should()
			.callConstructor(JsonMapper.class)
			.orShould()
			.callConstructor(ObjectMapper.class)
			.orShould()
			.callMethod(JsonMapper.class, "builder")
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
