package io.meshup.spring.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.ServiceSnapshot;
import io.meshup.spring.MeshAutoConfiguration;
import io.meshup.traffic.table.ServiceTable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MeshDiscoveryAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MeshAutoConfiguration.class, MeshDiscoveryAutoConfiguration.class,
				MeshServiceRegistryAutoConfiguration.class))
		.withPropertyValues("spring.application.name=orders", "mesh.registry.urls=http://127.0.0.1:1",
				"mesh.cache-dir=target/cache", "mesh.instance.id=me", "mesh.instance.host=10.0.0.9",
				"mesh.instance.port=8080");

	@Test
	void listsInstancesThatAreUpWithVersionAndZone() {
		this.runner.run((context) -> {
			context.getBean(ServiceTable.class)
				.apply(inventory(InstanceStatus.UP, InstanceStatus.SUSPECT, InstanceStatus.DOWN,
						InstanceStatus.DRAINING));
			DiscoveryClient client = context.getBean(DiscoveryClient.class);

			List<ServiceInstance> found = client.getInstances("inventory");

			assertThat(client.getServices()).containsExactly("inventory");
			assertThat(found).singleElement().satisfies((instance) -> {
				assertThat(instance.getInstanceId()).isEqualTo("i0");
				assertThat(instance.getUri()).hasToString("http://127.0.0.1:9000");
				assertThat(instance.getMetadata()).containsEntry("version", "v0").containsEntry("zone", "z0");
			});
			assertThat(client.getInstances("nobody")).isEmpty();
		});
	}

	@Test
	void listsSuspectInstancesOnlyWhereNoneIsUp() {
		this.runner.run((context) -> {
			context.getBean(ServiceTable.class).apply(inventory(InstanceStatus.SUSPECT, InstanceStatus.DOWN));

			assertThat(context.getBean(DiscoveryClient.class).getInstances("inventory"))
				.extracting(ServiceInstance::getInstanceId)
				.containsExactly("i0");
		});
	}

	@Test
	void answersReactively() {
		this.runner.run((context) -> {
			context.getBean(ServiceTable.class).apply(inventory(InstanceStatus.UP, InstanceStatus.UP));

			StepVerifier
				.create(context.getBean(ReactiveDiscoveryClient.class)
					.getInstances("inventory")
					.map(ServiceInstance::getInstanceId))
				.expectNext("i0", "i1")
				.expectComplete()
				.verify(Duration.ofSeconds(30));
		});
	}

	@Test
	void backsOffWhereDiscoveryIsDisabled() {
		this.runner.withPropertyValues("spring.cloud.discovery.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(DiscoveryClient.class)
				.doesNotHaveBean(ReactiveDiscoveryClient.class));
	}

	@Test
	void doesWithoutReactor() {
		this.runner.withClassLoader(new FilteredClassLoader(Flux.class))
			.run((context) -> assertThat(context).hasSingleBean(DiscoveryClient.class)
				.doesNotHaveBean("meshReactiveDiscoveryClient"));
	}

	@Test
	void doesWithoutSpringCloudCommons() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("meshDiscoveryClient"));
	}

	@Test
	void anotherRegistrysBeansWin() {
		this.runner.withBean("theirs", OtherRegistry.class, OtherRegistry::new)
			.run((context) -> assertThat(context).hasSingleBean(ServiceRegistry.class)
				.doesNotHaveBean(Registration.class));
	}

	@Test
	void theRegistrationSpeaksForThisInstance() {
		this.runner.run((context) -> {
			Registration registration = context.getBean(Registration.class);

			assertThat(registration.getServiceId()).isEqualTo("orders");
			assertThat(registration.getInstanceId()).isEqualTo("me");
			assertThat(registration.getUri()).hasToString("http://10.0.0.9:8080");
		});
	}

	@Test
	@SuppressWarnings("unchecked")
	void theServiceRegistrySetsAndCancelsTheStatus() {
		this.runner.run((context) -> {
			ServiceRegistry<Registration> registry = context.getBean(ServiceRegistry.class);
			Registration own = context.getBean(Registration.class);

			registry.setStatus(own, "out_of_service");
			assertThat((String) registry.getStatus(own)).isEqualTo("DOWN");

			registry.setStatus(own, "CANCEL_OVERRIDE");
			assertThat((String) registry.getStatus(own)).isEqualTo("STARTING");

			assertThatIllegalArgumentException().isThrownBy(() -> registry.setStatus(own, "SUSPECT"))
				.withMessageContaining("but was 'SUSPECT'");
		});
	}

	private static ServiceSnapshot inventory(InstanceStatus... statuses) {
		List<Instance> instances = new ArrayList<>();
		for (int i = 0; i < statuses.length; i++) {
			instances.add(new Instance("i" + i, "127.0.0.1", 9000 + i, "http", "v" + i, "z" + i, null, 100, statuses[i],
					Map.of()));
		}
		return new ServiceSnapshot("r", "inventory", 7, false, List.of(), instances, List.of());
	}

	private static final class OtherRegistry implements ServiceRegistry<Registration> {

		@Override
		public void register(Registration registration) {
		}

		@Override
		public void deregister(Registration registration) {
		}

		@Override
		public void close() {
		}

		@Override
		public void setStatus(Registration registration, String status) {
		}

		@Override
		@SuppressWarnings("unchecked")
		public <T> T getStatus(Registration registration) {
			return (T) "THEIRS";
		}

	}

}
