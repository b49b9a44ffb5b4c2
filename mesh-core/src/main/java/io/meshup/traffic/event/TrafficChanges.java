package io.meshup.traffic.event;

import java.util.List;

import io.meshup.model.BreakerState;
import io.meshup.model.Instance;
import io.meshup.model.beat.RejectedRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people and listeners how the way services are called changes.
 */
public final class TrafficChanges {

	private static final Logger logger = LoggerFactory.getLogger(TrafficChanges.class);

	private volatile Listeners listeners = new Listeners(List.of());

	public void listen(Listeners newListeners) {
		this.listeners = newListeners;
	}

	public void ejected(String service, Instance instance, String why) {
		instance(TrafficChange.Kind.EJECTED, service, instance, "Instance is left out for a while: " + why);
	}

	public void returned(String service, Instance instance) {
		instance(TrafficChange.Kind.RETURNED, service, instance, "Instance answers again");
	}

	public void breaker(String service, String version, BreakerState state) {
		TrafficChange.Kind kind = switch (state) {
			case OPEN -> TrafficChange.Kind.BREAKER_OPENED;
			case HALF_OPEN -> TrafficChange.Kind.BREAKER_HALF_OPENED;
			case CLOSED -> TrafficChange.Kind.BREAKER_CLOSED;
		};
		String detail = "Circuit breaker is " + state.word();
		if (state == BreakerState.HALF_OPEN) {
			logger.debug("{} ({}, version {})", detail, service, version);
		}
		else {
			logger.info("{} ({}, version {})", detail, service, version);
		}
		this.listeners.onChange(new TrafficChange(kind, service, version, detail));
	}

	public void applied(String service, long revision) {
		logger.info("Rules are in force ({}, revision {})", service, revision);
		this.listeners.onChange(new TrafficChange(TrafficChange.Kind.RULES_APPLIED, service, String.valueOf(revision),
				"Rules are in force"));
	}

	public void rejected(String service, RejectedRule rule) {
		logger.warn("Rule '{}' of revision {} cannot be used, its last good version stays in force: {}", rule.rule(),
				rule.revision(), rule.reason());
		this.listeners
			.onChange(new TrafficChange(TrafficChange.Kind.RULE_REJECTED, service, rule.rule(), rule.reason()));
	}

	private void instance(TrafficChange.Kind kind, String service, Instance instance, String detail) {
		logger.info("{} ({}, {})", detail, service, instance.id());
		this.listeners.onChange(new TrafficChange(kind, service, instance.id(), detail));
	}

}
