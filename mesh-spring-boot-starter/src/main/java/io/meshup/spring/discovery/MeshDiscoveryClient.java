package io.meshup.spring.discovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * The services of the mesh for users of {@link DiscoveryClient}. Answers from memory.
 * Only who asks for a service for the first time waits for it, a round trip to the
 * registry as a rule and 2 s at most, and it is watched from then on: who asks for all
 * services one after the other waits for each and watches all. A thread that must not
 * block never waits and gets what is known, perhaps nothing yet; use
 * {@link MeshReactiveDiscoveryClient} there.
 */
final class MeshDiscoveryClient implements DiscoveryClient {

	/**
	 * Before the clients without an order of their own.
	 */
	static final int ORDER = -10;

	private final InstanceChoice choice;

	MeshDiscoveryClient(InstanceChoice choice) {
		this.choice = choice;
	}

	@Override
	public String description() {
		return "Mesh Up";
	}

	@Override
	public List<ServiceInstance> getInstances(String serviceId) {
		Duration wait = this.choice.patience(serviceId);
		while (!wait.isZero() && !NonBlockingThreads.isOne() && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(wait.toNanos());
			wait = this.choice.patience(serviceId);
		}
		return this.choice.instances(serviceId);
	}

	@Override
	public List<String> getServices() {
		return this.choice.services();
	}

	@Override
	public void probe() {
		// The state is in memory: whether the registry is reachable is the mesh's own
		// health contributor's to tell.
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
