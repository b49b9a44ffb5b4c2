package io.meshup.traffic.table;

import java.util.function.Supplier;

import io.meshup.limit.Breaker;
import org.jspecify.annotations.Nullable;

/**
 * One version of a service, or its instances in one lane, as a target of attempts. The
 * edge is made at the first attempt, because most services that a process hears of are
 * never called by it.
 */
public final class VersionTarget {

	private final String group;

	private final @Nullable Breaker breaker;

	private final Supplier<Edge> edges;

	private volatile @Nullable Edge edge;

	VersionTarget(String group, @Nullable Breaker breaker, Supplier<Edge> edges) {
		this.group = group;
		this.breaker = breaker;
		this.edges = edges;
	}

	public String group() {
		return this.group;
	}

	public @Nullable Breaker breaker() {
		return this.breaker;
	}

	public Edge edge() {
		Edge known = this.edge;
		if (known == null) {
			known = this.edges.get();
			this.edge = known;
		}
		return known;
	}

}
