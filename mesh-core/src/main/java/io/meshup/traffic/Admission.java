package io.meshup.traffic;

/**
 * A request that was let in. Thread-safe.
 */
public final class Admission {

	private final InboundGate gate;

	private final long start;

	private final boolean outside;

	Admission(InboundGate gate, long start, boolean outside) {
		this.gate = gate;
		this.start = start;
		this.outside = outside;
	}

	/**
	 * The request was answered. To be called once.
	 * @param status with which status
	 */
	public void onEnd(int status) {
		if (this.outside) {
			this.gate.countOutside(status, this.start);
		}
	}

}
