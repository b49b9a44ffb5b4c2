package io.meshup.registry.lease.instance;

import java.util.Set;

import io.meshup.model.ServiceName;

/**
 * One open watch stream of an instance. Compared by identity: an instance may hold
 * several at a time while it reconnects.
 */
public final class Line {

	private final LeaseKey key;

	private final String incarnation;

	private final Set<String> services;

	/**
	 * Makes a line that is not counted yet.
	 * @param key the instance that holds it
	 * @param incarnation the process that holds it, or empty when it did not say
	 * @param services the services that it watches, {@code *} for all
	 */
	public Line(LeaseKey key, String incarnation, Set<String> services) {
		this.key = key;
		this.incarnation = incarnation;
		this.services = Set.copyOf(services);
	}

	/**
	 * The instance that holds it.
	 * @return its place
	 */
	public LeaseKey key() {
		return this.key;
	}

	public boolean isOf(String owner) {
		return this.incarnation.isEmpty() || this.incarnation.equals(owner);
	}

	Set<String> services() {
		return this.services;
	}

	public boolean watches(String service) {
		return this.services.contains(service) || this.services.contains(ServiceName.MESH_WIDE);
	}

}
