package io.meshup.spring.discovery;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

import io.meshup.model.Instance;

import org.springframework.cloud.client.ServiceInstance;

/**
 * An instance of the mesh as Spring Cloud sees it. Version, zone and weight are part of
 * its metadata, under the names that Spring Cloud's load balancer reads. Immutable.
 */
final class MeshServiceInstance implements ServiceInstance {

	private final String service;

	private final Instance instance;

	private final Map<String, String> metadata;

	MeshServiceInstance(String service, Instance instance) {
		this.service = service;
		this.instance = instance;
		this.metadata = metadata(instance);
	}

	static Map<String, String> metadata(Instance instance) {
		Map<String, String> metadata = new TreeMap<>(instance.metadata());
		metadata.putIfAbsent("version", instance.version());
		metadata.putIfAbsent("zone", instance.zone());
		metadata.putIfAbsent("weight", String.valueOf(instance.weight()));
		return Map.copyOf(metadata);
	}

	@Override
	public String getInstanceId() {
		return this.instance.id();
	}

	@Override
	public String getServiceId() {
		return this.service;
	}

	@Override
	public String getHost() {
		return this.instance.host();
	}

	@Override
	public int getPort() {
		return this.instance.port();
	}

	@Override
	public boolean isSecure() {
		return this.instance.scheme().equals("https");
	}

	@Override
	public String getScheme() {
		return this.instance.scheme();
	}

	@Override
	public URI getUri() {
		return URI.create(this.instance.scheme() + "://" + this.instance.authority());
	}

	@Override
	public Map<String, String> getMetadata() {
		return this.metadata;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof MeshServiceInstance that && this.service.equals(that.service)
				&& this.instance.equals(that.instance);
	}

	@Override
	public int hashCode() {
		return 31 * this.service.hashCode() + this.instance.hashCode();
	}

	@Override
	public String toString() {
		return this.service + "/" + this.instance.id() + " at " + getUri();
	}

}
