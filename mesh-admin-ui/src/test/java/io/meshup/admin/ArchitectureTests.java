package io.meshup.admin;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;

class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.meshup.admin");

	@Test
	void onlyTheAutoConfigurationIsPublic() {
		ArchRuleDefinition.classes()
			.that()
			.areNotAnnotatedWith(AutoConfiguration.class)
			.and()
			.areNotAnonymousClasses()
			.should()
			.notBePublic()
			.check(CLASSES);
	}

	@Test
	void theAutoConfigurationHasNoPublicMethods() {
		ArchRuleDefinition.methods()
			.that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.notBePublic()
			.check(CLASSES);
	}

	@Test
	void theDashboardIsMountedAndKnowsNoOtherModule() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat(DescribedPredicate.describe("are of another module",
					(type) -> type.getPackageName().startsWith("io.meshup.")
							&& !type.getPackageName().startsWith("io.meshup.admin")))
			.check(CLASSES);
	}

}
