package io.meshup.spring.contract.client;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.meshup.spring.blocking.MeshBlockingClientAutoConfiguration;
import io.meshup.spring.blocking.MeshHttpInterfaceAutoConfiguration;
import io.meshup.spring.blocking.feign.MeshFeignAutoConfiguration;
import io.meshup.spring.contract.fixture.Answer;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.Backend;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.QuickShutdown;
import io.meshup.spring.contract.fixture.RestClientCalls;
import io.meshup.spring.contract.fixture.RestTemplateCalls;
import io.meshup.spring.contract.fixture.Source;
import io.meshup.spring.contract.fixture.TestMesh;
import io.meshup.spring.contract.fixture.WebClientCalls;
import io.meshup.spring.reactive.MeshWebClientAutoConfiguration;
import io.meshup.traffic.TrafficEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.LoadBalancerAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancerBeanPostProcessorAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.NoOpResponseErrorHandler;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Which clients are in the mesh, with and without Spring Cloud LoadBalancer, and that
 * each call is made once however often a client was entered.
 */
class ClientSelectionTests {

	private static final List<String> BALANCED = List.of("balancedClient", "balancedTemplate", "balancedWebClient",
			"balancedTemplateBuilder");

	private static final List<String> PLAIN = List.of("plainClient", "plainTemplate", "plainWebClient");

	private static final List<Class<?>> SPRING_CLOUD = List.of(
			org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration.class,
			BlockingLoadBalancerClientAutoConfiguration.class, LoadBalancerAutoConfiguration.class,
			LoadBalancerBeanPostProcessorAutoConfiguration.class, ReactorLoadBalancerClientAutoConfiguration.class);

	private final TestMesh mesh = new TestMesh();

	private Backend backend;

	private String service;

	@BeforeEach
	void start() throws Exception {
		this.backend = Backend.answering(200, "hello");
		this.service = this.mesh.service(this.backend.port());
	}

	@AfterEach
	void stop() throws Exception {
		this.backend.close();
	}

	@ParameterizedTest
	@CsvSource({ "all,true", "all,false", "load-balanced,true", "load-balanced,false" })
	void entersLoadBalancedClientsOnce(String intercept, boolean springCloud) {
		runner(springCloud).withPropertyValues("mesh.client.intercept=" + intercept).run((context) -> {
			assertThat(context).hasNotFailed();
			for (String name : BALANCED) {
				ContractClient client = client(context, name);
				assertThat(client.call(Ask.post("http://" + this.service + "/")).body()).isEqualTo("hello");
				Answer unknown = client.call(Ask.get("http://nobody/"));
				assertThat(unknown.status()).as(name).isEqualTo(503);
				assertThat(unknown.headers()).containsEntry("x-mesh-reason", "no-instance");
				client.call(Ask.upload("http://" + this.service + "/", () -> new Source(100_000)));
			}
			assertThat(this.mesh.calls(this.service)).hasSize(2 * BALANCED.size());
		});
		assertThat(this.backend.requests()).hasSize(2 * BALANCED.size())
			.filteredOn((request) -> request.method().equals("PUT"))
			.allSatisfy((request) -> assertThat(request.headers()).containsKey("Transfer-Encoding"));
	}

	@Test
	void entersPlainClientsOnce() {
		runner(true).run((context) -> {
			for (String name : PLAIN) {
				assertThat(client(context, name).call(Ask.post("http://" + this.service + "/")).body())
					.isEqualTo("hello");
			}
			assertThat(this.mesh.calls(this.service)).hasSize(PLAIN.size());
		});
		assertThat(this.backend.requests()).hasSize(PLAIN.size());
	}

	@ParameterizedTest
	@ValueSource(strings = { "load-balanced", "none" })
	void leavesPlainClientsAloneWhereTheyAreNotWanted(String intercept) {
		runner(true).withPropertyValues("mesh.client.intercept=" + intercept).run((context) -> {
			for (String name : PLAIN) {
				assertThatThrownBy(() -> client(context, name).call(Ask.get("http://" + this.service + "/"))).as(name)
					.isNotNull();
			}
		});
		assertThat(this.backend.requests()).isEmpty();
		assertThat(this.mesh.calls(this.service)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.apache.hc", "feign", "org.springframework.boot.restclient",
			"org.springframework.boot.webclient", "org.springframework.web.reactive", "reactor.netty",
			"org.springframework.boot.http.client.autoconfigure.service" })
	void startsWithoutAnOptionalLibrary(String missing) {
		new ApplicationContextRunner().withBean(TrafficEngine.class, this.mesh::engine)
			.withConfiguration(AutoConfigurations.of(MeshBlockingClientAutoConfiguration.class,
					MeshHttpInterfaceAutoConfiguration.class, MeshFeignAutoConfiguration.class,
					MeshWebClientAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private ApplicationContextRunner runner(boolean springCloud) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withBean(TrafficEngine.class, this.mesh::engine)
			.withUserConfiguration(Clients.class, QuickShutdown.class);
		Class<?>[] clients = MeshClients.class.getAnnotation(ImportAutoConfiguration.class).value();
		if (!springCloud) {
			return runner.withConfiguration(AutoConfigurations.of(clients))
				.withClassLoader(new FilteredClassLoader("org.springframework.cloud.loadbalancer"));
		}
		return runner.withConfiguration(AutoConfigurations
			.of(Stream.concat(Stream.of(clients), SPRING_CLOUD.stream()).toArray(Class<?>[]::new)));
	}

	private static ContractClient client(ApplicationContext context, String name) {
		Object bean = context.getBean(name);
		if (bean instanceof RestClient.Builder builder) {
			return new RestClientCalls(builder.build());
		}
		if (bean instanceof RestTemplateBuilder builder) {
			return new RestTemplateCalls(builder.errorHandler(new NoOpResponseErrorHandler()).build());
		}
		if (bean instanceof RestTemplate template) {
			return new RestTemplateCalls(template);
		}
		return new WebClientCalls(((WebClient.Builder) Objects.requireNonNull(bean)).build());
	}

	private static RestTemplate template() {
		RestTemplate template = new RestTemplate(new JdkClientHttpRequestFactory());
		template.setErrorHandler(new NoOpResponseErrorHandler());
		return template;
	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		@Bean
		@LoadBalanced
		@Scope("prototype")
		RestClient.Builder balancedClient() {
			return RestClient.builder();
		}

		@Bean
		@LoadBalanced
		RestTemplate balancedTemplate() {
			return template();
		}

		@Bean
		@LoadBalanced
		RestTemplateBuilder balancedTemplateBuilder() {
			return new RestTemplateBuilder();
		}

		@Bean
		@LoadBalanced
		WebClient.Builder balancedWebClient() {
			return WebClient.builder();
		}

		@Bean
		RestClient.Builder plainClient() {
			return RestClient.builder();
		}

		@Bean
		RestTemplate plainTemplate() {
			return template();
		}

		@Bean
		WebClient.Builder plainWebClient() {
			return WebClient.builder();
		}

	}

}
