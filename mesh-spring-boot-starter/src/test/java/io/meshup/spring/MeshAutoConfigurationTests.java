package io.meshup.spring;

import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.table.ServiceTable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class MeshAutoConfigurationTests {

	private static final String TEST_CONTEXT = "org.springframework.boot.test.context.SpringBootTestContextBootstrapper=true";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MeshAutoConfiguration.class))
		.withPropertyValues("spring.application.name=orders", "mesh.registry.urls=http://127.0.0.1:1");

	@Test
	void isActiveByItself() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(TrafficEngine.class));
	}

	@Test
	void isOffWhereItIsDisabled() {
		this.runner.withPropertyValues("mesh.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TrafficEngine.class));
	}

	@Test
	void isOffInATestContext() {
		this.runner.withPropertyValues(TEST_CONTEXT)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TrafficEngine.class));
	}

	@Test
	void isOnInATestContextThatAsksForIt() {
		this.runner.withPropertyValues(TEST_CONTEXT, "mesh.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(TrafficEngine.class));
	}

	@Test
	void startsWithoutTheMeshWhereTheApplicationHasNoName() {
		this.runner.withPropertyValues("spring.application.name=")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TrafficEngine.class));
	}

	@Test
	void aServiceOutsideOfTheMeshIsKnown() {
		this.runner
			.withPropertyValues(
					"mesh.services.pay-hub.urls=https://api.example.com, http://127.0.0.1:8081/,http://[::1]:9")
			.run((context) -> {
				assertThat(context.getBean(ServiceTable.class).view("pay-hub").instances())
					.extracting((instance) -> instance.scheme() + "://" + instance.authority())
					.containsExactly("https://api.example.com:443", "http://127.0.0.1:8081", "http://[::1]:9");
				assertThat(context.getBean(TrafficEngine.class).mayBeService("pay-hub")).isTrue();
			});
	}

	@Test
	void theUsersEngineWins() {
		this.runner.withUserConfiguration(OwnEngine.class)
			.run((context) -> assertThat(context).getBean(TrafficEngine.class)
				.isSameAs(context.getBean("ownEngine"))
				.extracting(TrafficEngine::services)
				.isSameAs(context.getBean(ServiceTable.class)));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEngine {

		@Bean
		TrafficEngine ownEngine(ServiceTable table) {
			return TrafficEngine.builder("mine").table(table).build();
		}

	}

}
