package io.meshup.traffic;

import java.util.List;

import io.meshup.model.BreakerState;
import io.meshup.model.Instance;
import io.meshup.model.RejectedRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people and listeners how the way services are called changes.
 */
final class TrafficChanges {

	private static final Logger logger = LoggerFactory.getLogger(TrafficChanges.class);

	private volatile Listeners listeners = new Listeners(List.of());

	void listen(Listeners newListeners) {
		this.listeners = newListeners;
	}

	void ejected(String service, Instance instance, String why) {
		info(TrafficChange.Kind.EJECTED, service, instance.id(), "Instance is left out for a while: " + why);
	}

	void returned(String service, Instance instance) {
		info(TrafficChange.Kind.RETURNED, service, instance.id(), "Instance answers again");
	}

	void breaker(String service, String version, BreakerState state) {
		TrafficChange.Kind kind = switch (state) {
			case OPEN -> TrafficChange.Kind.BREAKER_OPENED;
			case HALF_OPEN -> TrafficChange.Kind.BREAKER_HALF_OPENED;
			case CLOSED -> TrafficChange.Kind.BREAKER_CLOSED;
		};
		info(kind, service, version, "Circuit breaker is " + state.word());
	}

	void applied(String service, long revision) {
		info(TrafficChange.Kind.RULES_APPLIED, service, String.valueOf(revision), "Rules are in force");
	}

	void rejected(String service, RejectedRule rule) {
		logger.warn("Rule '{}' of revision {} cannot be used, its last good version stays in force: {}", rule.rule(),
				rule.revision(), rule.reason());
		this.listeners
			.onChange(new TrafficChange(TrafficChange.Kind.RULE_REJECTED, service, rule.rule(), rule.reason()));
	}

	private void info(TrafficChange.Kind kind, String service, String subject, String detail) {
		logger.info("{} ({}, {})", detail, service, subject);
		this.listeners.onChange(new TrafficChange(kind, service, subject, detail));
	}

}
