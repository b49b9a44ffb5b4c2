package io.meshup.spring;

import io.meshup.spring.discovery.MeshDiscoveryAutoConfiguration;
import io.meshup.spring.observe.MeshObserveAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class MeshReportAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MeshAutoConfiguration.class, MeshReportAutoConfiguration.class,
				MeshDiscoveryAutoConfiguration.class, MeshObserveAutoConfiguration.class))
		.withPropertyValues("spring.application.name=orders", "mesh.registry.urls=http://127.0.0.1:1",
				"mesh.cache-dir=target/cache", "management.endpoints.web.exposure.include=mesh",
				"management.endpoints.jmx.exposure.include=mesh");

	@Test
	void tellsWhyTheMeshIsOff() {
		this.runner.withPropertyValues("mesh.enabled=false").run((context) -> {
			MeshDescriptor report = context.getBean(MeshReport.class).describe();

			assertThat(report.active()).isFalse();
			assertThat(report.reason()).isEqualTo("mesh.enabled is false.");
			assertThat(report.own()).isNull();
			assertThat(report.registry()).isNull();
			assertThat(report.parts()).isEmpty();
		});
	}

	@Test
	void tellsThatTheNameIsMissing() {
		this.runner.withPropertyValues("spring.application.name=").run((context) -> {
			MeshDescriptor report = context.getBean(MeshReport.class).describe();

			assertThat(report.active()).isFalse();
			assertThat(report.reason()).contains("spring.application.name is not set");
		});
	}

	@Test
	void findsTheReasonOfAMissingPart() {
		this.runner.withPropertyValues("spring.cloud.discovery.blocking.enabled=false")
			.withBean("mine", MeshPart.class, () -> MeshPart.active("mine", "Works."))
			.run((context) -> assertThat(context.getBean(MeshReport.class).parts())
				.contains(MeshPart.active("mine", "Works."))
				.filteredOn((part) -> part.name().equals("blocking-discovery"))
				.singleElement()
				.satisfies((part) -> {
					assertThat(part.active()).isFalse();
					assertThat(part.detail()).contains("spring.cloud.discovery.blocking.enabled");
				}));
	}

	@Test
	void doesWithoutActuatorAndHealth() {
		this.runner
			.withClassLoader(
					new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(MeshReport.class)
				.doesNotHaveBean("meshEndpoint")
				.doesNotHaveBean("meshHealthIndicator"));
	}

	@Test
	void thereIsNoHealthContributorWhereTheUserDisablesIt() {
		this.runner.withPropertyValues("management.health.mesh.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("meshHealthIndicator"));
	}

	@ParameterizedTest
	@CsvSource({ "io.meshup.spring.blocking.X$RestClientConfiguration,rest-client",
			"io.meshup.spring.reactive.MeshWebClientAutoConfiguration,web-client",
			"io.meshup.spring.MeshAutoConfiguration,mesh" })
	void namesAPartAfterItsConfiguration(String className, String name) {
		assertThat(InactiveParts.name(className)).isEqualTo(name);
	}

}
