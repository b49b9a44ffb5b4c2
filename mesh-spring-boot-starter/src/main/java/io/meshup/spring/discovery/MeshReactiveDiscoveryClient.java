package io.meshup.spring.discovery;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;

/**
 * The services of the mesh for users of {@link ReactiveDiscoveryClient}. Answers from
 * memory at the time of subscription.
 */
final class MeshReactiveDiscoveryClient implements ReactiveDiscoveryClient {

	private final InstanceChoice choice;

	MeshReactiveDiscoveryClient(InstanceChoice choice) {
		this.choice = choice;
	}

	@Override
	public String description() {
		return "Mesh Up";
	}

	@Override
	public Flux<ServiceInstance> getInstances(String serviceId) {
		return Flux.defer(() -> {
			Duration wait = this.choice.patience(serviceId);
			return wait.isZero() ? Flux.fromIterable(this.choice.instances(serviceId))
					: Mono.delay(wait).thenMany(getInstances(serviceId));
		});
	}

	@Override
	public Flux<String> getServices() {
		return Flux.defer(() -> Flux.fromIterable(this.choice.services()));
	}

	@Override
	public Mono<Void> reactiveProbe() {
		return Mono.empty();
	}

	@Override
	public int getOrder() {
		return MeshDiscoveryClient.ORDER;
	}

}
