package io.meshup.spring.instance;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.spring.setting.MeshProperties;
import org.jspecify.annotations.Nullable;

/**
 * This instance as it is told to the registry. Port and status change while the
 * application runs; id and host are settled when they are first needed. Thread-safe.
 */
public final class OwnInstance {

	private final String service;

	private final MeshProperties.OwnInstance settings;

	private final @Nullable String lane;

	private final ServerAddress server;

	private final List<URI> registryUrls;

	private volatile int serverPort;

	private volatile InstanceStatus readiness = InstanceStatus.STARTING;

	private volatile @Nullable InstanceStatus ordered;

	private volatile boolean leaving;

	private @Nullable String id;

	private @Nullable String host;

	OwnInstance(String service, MeshProperties properties, ServerAddress server) {
		this.service = service;
		this.settings = properties.instance();
		this.lane = properties.lane();
		this.registryUrls = properties.registry().urls();
		this.server = server;
	}

	/**
	 * The name of this application's service.
	 * @return the name
	 */
	public String service() {
		return this.service;
	}

	/**
	 * The instance at this moment.
	 * @return empty while no port is known: the web server has not started, or there is
	 * none
	 */
	public Optional<Instance> current() {
		int port = port();
		if (port <= 0) {
			return Optional.empty();
		}
		String address = host();
		return Optional.of(new Instance(id(address, port), address, port, scheme(), this.settings.version(),
				this.settings.zone(), this.lane, this.settings.weight(), status(), this.settings.metadata()));
	}

	/**
	 * Whether there is an instance to tell of. Unlike {@link #current()} this asks nobody
	 * for an address and never waits.
	 * @return {@code true} once a port is known
	 */
	boolean isServing() {
		return port() > 0;
	}

	/**
	 * The status at this moment: leaving, else what was ordered, else by readiness.
	 * @return the status
	 */
	public InstanceStatus status() {
		InstanceStatus order = this.ordered;
		if (this.leaving) {
			return InstanceStatus.DRAINING;
		}
		return (order != null) ? order : this.readiness;
	}

	/**
	 * Sets a status that stands until it is taken back, whatever the readiness.
	 * @param status the status, or {@code null} to go by the readiness again
	 */
	void order(@Nullable InstanceStatus status) {
		this.ordered = status;
	}

	void servesOn(int port) {
		this.serverPort = port;
	}

	void accepting() {
		this.readiness = InstanceStatus.UP;
	}

	void refusing() {
		if (this.readiness == InstanceStatus.UP) {
			this.readiness = InstanceStatus.DOWN;
		}
	}

	void leaving() {
		this.leaving = true;
	}

	void returning() {
		this.leaving = false;
	}

	private int port() {
		Integer set = this.settings.port();
		return (set != null) ? set : this.serverPort;
	}

	private String scheme() {
		String set = this.settings.scheme();
		return (set != null) ? set : this.server.scheme();
	}

	private synchronized String id(String address, int port) {
		if (this.id == null) {
			String set = this.settings.id();
			this.id = (set != null) ? set : address.replace(':', '.') + "-" + port;
		}
		return this.id;
	}

	private synchronized String host() {
		if (this.host == null) {
			this.host = Optional.ofNullable(this.settings.host())
				.or(this.server::host)
				.or(() -> LocalAddress.towards(this.registryUrls.get(0)))
				.orElse(null);
		}
		return (this.host != null) ? this.host : LocalAddress.any();
	}

}
