package io.meshup.spring.inbound;

import io.meshup.traffic.door.Admission;
import io.meshup.traffic.door.InboundGate;
import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.request.InboundView;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;

/**
 * Shows requests to the gate in a way that can never fail them. Requests for the actuator
 * are operation, not traffic, and not shown. Thread-safe.
 */
final class Watchman {

	/**
	 * Right inside Spring's observation of server requests, so that whatever the gate
	 * does is observed and traced.
	 */
	static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

	private static final Logger logger = LoggerFactory.getLogger(Watchman.class);

	private final InboundGate gate;

	private final ActuatorPath actuator;

	Watchman(InboundGate gate, ActuatorPath actuator) {
		this.gate = gate;
		this.actuator = actuator;
	}

	/**
	 * Shows a request to the gate.
	 * @param request the request
	 * @return to be told once when it was answered
	 */
	Visit show(InboundView request) {
		try {
			return new Visit(this.actuator.covers(request.path()) ? null : this.gate.admit(request));
		}
		catch (RuntimeException ex) {
			logger.debug("A request could not be shown to the gate", ex);
			return new Visit(null);
		}
	}

	/**
	 * One request between its arrival and its answer. Thread-safe.
	 */
	static final class Visit {

		private @Nullable Admission admission;

		private Visit(@Nullable Admission admission) {
			this.admission = admission;
		}

		/**
		 * Why the request must not reach the application.
		 * @return the answer to give instead, or {@code null} when it was let in
		 */
		synchronized Step.@Nullable Reply refusal() {
			return (this.admission != null) ? this.admission.refusal() : null;
		}

		/**
		 * What the request brought along for the calls that are made to answer it.
		 * @return {@link CallContext#NONE} for one that the gate was not shown
		 */
		synchronized CallContext context() {
			return (this.admission != null) ? this.admission.context() : CallContext.NONE;
		}

		/**
		 * The request was answered; only the first word counts.
		 * @param status with which status
		 */
		void end(int status) {
			Admission ending;
			synchronized (this) {
				ending = this.admission;
				this.admission = null;
			}
			if (ending == null) {
				return;
			}
			try {
				ending.onEnd(status);
			}
			catch (RuntimeException ex) {
				logger.debug("The end of a request could not be counted", ex);
			}
		}

	}

}
