package io.meshup.traffic;

import io.meshup.limit.Breaker;
import org.jspecify.annotations.Nullable;

/**
 * One version of a service as a target of attempts. The edge is made at the first
 * attempt, because most services that a process hears of are never called by it.
 */
final class VersionTarget {

	private final String service;

	private final String version;

	private final @Nullable Breaker breaker;

	private final EdgeLedger edges;

	private volatile @Nullable Edge edge;

	VersionTarget(String service, String version, @Nullable Breaker breaker, EdgeLedger edges) {
		this.service = service;
		this.version = version;
		this.breaker = breaker;
		this.edges = edges;
	}

	String version() {
		return this.version;
	}

	@Nullable Breaker breaker() {
		return this.breaker;
	}

	boolean tryAcquire() {
		return this.breaker == null || this.breaker.tryAcquire();
	}

	Edge edge() {
		Edge known = this.edge;
		if (known == null) {
			known = this.edges.edge(this.service, this.version);
			this.edge = known;
		}
		return known;
	}

}
