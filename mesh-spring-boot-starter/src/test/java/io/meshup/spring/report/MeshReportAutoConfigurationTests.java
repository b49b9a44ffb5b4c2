package io.meshup.spring.report;

import java.util.List;

import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.rule.TrafficPolicy;
import io.meshup.spring.MeshAutoConfiguration;
import io.meshup.spring.ServiceTableCustomizer;
import io.meshup.spring.discovery.MeshDiscoveryAutoConfiguration;
import io.meshup.spring.observe.MeshObserveAutoConfiguration;
import io.meshup.traffic.table.RuleSource;
import io.meshup.traffic.table.ServiceTable;
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
	void tellsWhereRulesComeFrom() {
		this.runner
			.withBean(ServiceTableCustomizer.class, () -> (table) -> table.defaults(TrafficPolicy.defaults("stock")))
			.run((context) -> {
				context.getBean(ServiceTable.class)
					.apply(new ServiceSnapshot("r", "stock", 9, false, List.of(), List.of(),
							List.of(MeshJson.readTree("""
									{"kind":"Route","metadata":{"name":"stock","revision":8},
									 "spec":{"service":"stock","rules":[{"name":"all"}]}}""".getBytes()))));

				MeshDescriptor.Service stock = context.getBean(MeshReport.class).describe().services().get("stock");

				assertThat(stock.route()).isEqualTo(new MeshDescriptor.Origin(RuleSource.Origin.REGISTRY, "Route/stock",
						8L, null, "The registry has a rule."));
				assertThat(stock.policy()).isEqualTo(
						new MeshDescriptor.Origin(RuleSource.Origin.LOCAL, null, null, "mesh.traffic.services.stock",
								"The registry has no TrafficPolicy of the service, so the setting holds."));
				assertThat(new String(MeshJson.write(stock))).contains("\"source\":\"local\"");
			});
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
