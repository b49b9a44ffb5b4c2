package io.meshup.traffic.door;

import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * What the gate said of a request: let in, or refused. Thread-safe.
 */
public final class Admission {

	private final InboundGate gate;

	private final long start;

	private final Parts parts;

	private final Step.@Nullable Reply refusal;

	Admission(InboundGate gate, long start, Parts parts, Step.@Nullable Reply refusal) {
		this.gate = gate;
		this.start = start;
		this.parts = parts;
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
		return this.parts.context;
	}

	/**
	 * The request was answered. To be called once.
	 * @param status with which status
	 */
	public void onEnd(int status) {
		this.parts.context.answered();
		if (this.parts.inWork) {
			this.gate.release(status, this.start);
		}
		if (this.parts.isOutside) {
			this.gate.countOutside(status, this.start);
		}
	}

	/**
	 * What is to be done at the end.
	 *
	 * @param context what the request brought along
	 * @param isOutside whether no participant of the mesh sent the request
	 * @param inWork whether it counts among those in work
	 */
	record Parts(CallContext context, boolean isOutside, boolean inWork) {
	}

}
