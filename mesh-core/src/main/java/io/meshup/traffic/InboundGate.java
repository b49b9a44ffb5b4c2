package io.meshup.traffic;

/**
 * The door of this process's own service: counts the requests that no participant of the
 * mesh sent, since nobody else can. Thread-safe.
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

	InboundGate(String service, String version, EdgeLedger edges, NanoClock clock) {
		this.service = service;
		this.version = version;
		this.edges = edges;
		this.clock = clock;
	}

	/**
	 * Judges a request that arrives.
	 * @param request the request
	 * @return to be told when the request was answered
	 */
	public Admission admit(InboundView request) {
		return new Admission(this, this.clock.nanoTime(), request.header(SOURCE_HEADER) == null);
	}

	void countOutside(int status, long start) {
		this.edges.countOutside(this.service, this.version, status, (this.clock.nanoTime() - start) / 1_000);
	}

}
