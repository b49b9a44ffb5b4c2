package io.meshup.spring.discovery;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

import io.meshup.model.Instance;
import io.meshup.spring.instance.OwnInstance;

import org.springframework.cloud.client.serviceregistry.Registration;

/**
 * This application's own instance for users of {@link Registration}. Before the web
 * server has started its port is 0 and its host unknown, empty. Thread-safe.
 */
final class MeshRegistration implements Registration {

	private final OwnInstance own;

	MeshRegistration(OwnInstance own) {
		this.own = own;
	}

	@Override
	public String getServiceId() {
		return this.own.service();
	}

	@Override
	public String getInstanceId() {
		return current().map(Instance::id).orElse("");
	}

	@Override
	public String getHost() {
		return current().map(Instance::host).orElse("");
	}

	@Override
	public int getPort() {
		return current().map(Instance::port).orElse(0);
	}

	@Override
	public boolean isSecure() {
		return "https".equals(getScheme());
	}

	@Override
	public String getScheme() {
		return current().map(Instance::scheme).orElse("http");
	}

	@Override
	public URI getUri() {
		return current().map((instance) -> URI.create(instance.scheme() + "://" + instance.authority()))
			.orElseGet(() -> URI.create("http://localhost"));
	}

	@Override
	public Map<String, String> getMetadata() {
		return current().map(MeshServiceInstance::metadata).orElse(Map.of());
	}

	private Optional<Instance> current() {
		return this.own.current();
	}

}
