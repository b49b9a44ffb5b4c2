package io.meshup.spring.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.table.ServiceTable;
import io.meshup.traffic.table.ServiceView;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.ServiceInstance;

/**
 * Which instances a user of a discovery client gets: those that are up and not ejected;
 * where there is none of them, all that are up; else the suspect ones, since a suspect
 * instance is better than none. Never one that says of itself that it does not serve.
 */
final class InstanceChoice {

	private final ServiceTable table;

	private final ObjectProvider<TrafficEngine> engine;

	InstanceChoice(ServiceTable table, ObjectProvider<TrafficEngine> engine) {
		this.table = table;
		this.engine = engine;
	}

	List<String> services() {
		TrafficEngine present = this.engine.getIfAvailable();
		return (present != null) ? List.copyOf(present.names()) : List.copyOf(this.table.services());
	}

	/**
	 * How long to wait before asking for instances that the registry has not been asked
	 * for yet.
	 * @param serviceId the service
	 * @return zero after 10 s at the latest, after 2 s where no registry is there
	 */
	Duration patience(String serviceId) {
		TrafficEngine present = this.engine.getIfAvailable();
		return (present != null) ? present.patience(serviceId.toLowerCase(Locale.ROOT)) : Duration.ZERO;
	}

	/**
	 * For somebody who cannot wait: takes what was last seen of a service.
	 * @param serviceId the service
	 */
	void hurry(String serviceId) {
		TrafficEngine present = this.engine.getIfAvailable();
		if (present != null) {
			present.hurry(serviceId.toLowerCase(Locale.ROOT));
		}
	}

	List<ServiceInstance> instances(String serviceId) {
		String service = serviceId.toLowerCase(Locale.ROOT);
		ServiceView view = this.table.view(service);
		return best(view).stream()
			.<ServiceInstance>map((instance) -> new MeshServiceInstance(service, instance))
			.toList();
	}

	private static List<Instance> best(ServiceView view) {
		List<Instance> up = in(view.instances(), InstanceStatus.UP);
		List<String> ejected = view.ejected();
		List<Instance> healthy = up.stream().filter((instance) -> !ejected.contains(instance.id())).toList();
		if (!healthy.isEmpty()) {
			return healthy;
		}
		return up.isEmpty() ? in(view.instances(), InstanceStatus.SUSPECT) : up;
	}

	private static List<Instance> in(List<Instance> instances, InstanceStatus status) {
		return instances.stream().filter((instance) -> instance.status() == status).toList();
	}

}
