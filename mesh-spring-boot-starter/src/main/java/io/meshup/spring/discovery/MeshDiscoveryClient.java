package io.meshup.spring.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * The services of the mesh for users of {@link DiscoveryClient}. Answers from memory.
 * Only who asks for a service for the first time waits for it, a round trip to the
 * registry as a rule and 10 s at most, and it is watched from then on: who asks for all
 * services one after the other waits for each and watches all. A thread that must not
 * block never waits: the first time it gets what was last seen of the service, which may
 * be a minute old; where nothing was it gets nothing, which is logged. Use
 * {@link MeshReactiveDiscoveryClient} there.
 */
final class MeshDiscoveryClient implements DiscoveryClient {

	/**
	 * Before the clients without an order of their own.
	 */
	static final int ORDER = -10;

	private static final int MOST_WARNINGS = 100;

	private static final Logger logger = LoggerFactory.getLogger(MeshDiscoveryClient.class);

	private final InstanceChoice choice;

	private final Set<String> empty = ConcurrentHashMap.newKeySet();

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
		if (!wait.isZero() && NonBlockingThreads.isOne()) {
			return atOnce(serviceId);
		}
		while (!wait.isZero() && !Thread.currentThread().isInterrupted()) {
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

	private List<ServiceInstance> atOnce(String serviceId) {
		this.choice.hurry(serviceId);
		List<ServiceInstance> instances = this.choice.instances(serviceId);
		if (instances.isEmpty()) {
			boolean isNew = this.empty.size() < MOST_WARNINGS && this.empty.add(serviceId);
			logger.atLevel(isNew ? Level.WARN : Level.DEBUG)
				.log("DiscoveryClient was asked for '{}' for the first time on a thread that must not wait for the "
						+ "registry's answer ('{}'), so it got no instances. The next time it gets them. Use "
						+ "ReactiveDiscoveryClient there, or set mesh.registry.watch=all", serviceId,
						Thread.currentThread().getName());
		}
		return instances;
	}

}
