package io.meshup.spring.instance;

import java.util.Optional;

import io.meshup.control.RegistryClient;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.spring.drain.Departure;
import org.jspecify.annotations.Nullable;

/**
 * This application's membership: joining, the status that callers see, leaving. None of
 * it throws or waits for a registry that is away. Thread-safe.
 */
public final class MeshMembership {

	private final OwnInstance own;

	private final RegistryClient registry;

	private final Departure departure;

	private volatile boolean joined;

	MeshMembership(OwnInstance own, RegistryClient registry, Departure departure) {
		this.own = own;
		this.registry = registry;
		this.departure = departure;
	}

	/**
	 * This instance.
	 * @return empty while no port is known
	 */
	public Optional<Instance> instance() {
		return this.own.current();
	}

	/**
	 * Whether this instance beats at present.
	 * @return {@code true} between joining and leaving
	 */
	public boolean isJoined() {
		return this.joined;
	}

	/**
	 * Begins to beat, in the status of the moment. Without a port it does nothing: an
	 * application that serves nothing takes part as a caller only.
	 */
	public synchronized void join() {
		if (this.joined || !this.own.isServing()) {
			return;
		}
		this.own.returning();
		this.departure.returning();
		this.joined = true;
		this.registry.register();
	}

	/**
	 * Says that it is leaving, waits until every caller has confirmed it while requests
	 * are still served, and takes the instance off the list.
	 */
	public synchronized void leave() {
		drain();
		depart();
	}

	/**
	 * Says that it is leaving and waits until every caller has confirmed it; requests are
	 * still served, and beats go on.
	 */
	synchronized void drain() {
		if (this.joined) {
			this.own.leaving();
			this.departure.drain();
		}
	}

	/**
	 * Takes the instance off the list.
	 */
	synchronized void depart() {
		if (this.joined) {
			this.joined = false;
			this.departure.depart();
		}
	}

	/**
	 * Sets a status that stands until it is taken back, whatever the readiness.
	 * @param status {@code UP}, {@code DOWN}, {@code DRAINING} or {@code STARTING};
	 * {@code null} to go by the readiness again
	 */
	public void order(@Nullable InstanceStatus status) {
		if (status == InstanceStatus.SUSPECT) {
			throw new IllegalArgumentException("'SUSPECT' is the registry's own word. Use UP, DOWN or DRAINING.");
		}
		this.own.order(status);
		tell();
	}

	void accepting() {
		this.own.accepting();
		tell();
	}

	void refusing() {
		this.own.refusing();
		tell();
	}

	private synchronized void tell() {
		if (this.joined) {
			this.registry.beatNow();
		}
	}

}
