package io.meshup.traffic;

import org.jspecify.annotations.Nullable;

/**
 * What the gate said of a request: let in, or refused. Thread-safe.
 */
public final class Admission {

	private final InboundGate gate;

	private final long start;

	private final boolean outside;

	private final Step.@Nullable Reply refusal;

	private final CallContext context;

	Admission(InboundGate gate, long start, boolean outside, CallContext context, Step.@Nullable Reply refusal) {
		this.gate = gate;
		this.start = start;
		this.outside = outside;
		this.context = context;
		this.refusal = refusal;
	}

	/**
	 * Why the request must not reach the application.
	 * @return the answer to give in place of the application's, whose status
	 * {@link #onEnd} is told as well; {@code null} when the request was let in
	 */
	public Step.@Nullable Reply refusal() {
		return this.refusal;
	}

	/**
	 * What the request brought along for the calls that are made to answer it.
	 * @return to be carried to where those calls are made
	 */
	public CallContext context() {
		return this.context;
	}

	/**
	 * The request was answered. To be called once.
	 * @param status with which status
	 */
	public void onEnd(int status) {
		this.context.answered();
		if (this.outside) {
			this.gate.countOutside(status, this.start);
		}
	}

}
