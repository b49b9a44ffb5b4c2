package io.meshup.traffic;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The door of this process's own service: refuses what must not come in, and counts the
 * requests that no participant of the mesh sent, since nobody else can. Thread-safe.
 */
public final class InboundGate {

	/**
	 * The header by which participants name themselves.
	 */
	public static final String SOURCE_HEADER = "x-mesh-source";

	private final String service;

	private final String version;

	private final EdgeLedger edges;

	private final NanoClock clock;

	private final List<DoorCheck> checks;

	InboundGate(String service, String version, EdgeLedger edges, NanoClock clock, List<DoorCheck> checks) {
		this.service = service;
		this.version = version;
		this.edges = edges;
		this.clock = clock;
		this.checks = List.copyOf(checks);
	}

	/**
	 * Judges a request that arrives.
	 * @param request the request
	 * @return with the refusal, if any; to be told when the request was answered
	 */
	public Admission admit(InboundView request) {
		long now = this.clock.nanoTime();
		return new Admission(this, now, request.header(SOURCE_HEADER) == null, refusal(request, now));
	}

	private Step.@Nullable Reply refusal(InboundView request, long now) {
		for (DoorCheck check : this.checks) {
			Step.Reply refusal = check.refuse(request, now);
			if (refusal != null) {
				return refusal;
			}
		}
		return null;
	}

	void countOutside(int status, long start) {
		this.edges.countOutside(this.service, this.version, status, (this.clock.nanoTime() - start) / 1_000);
	}

}
