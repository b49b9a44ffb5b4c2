package io.meshup.spring.observe;

import io.meshup.traffic.TrafficChange;
import io.meshup.traffic.TrafficListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what changes in how services are called; nothing per call.
 */
final class TrafficLog implements TrafficListener {

	private static final Logger logger = LoggerFactory.getLogger(TrafficLog.class);

	@Override
	public void onChange(TrafficChange change) {
		switch (change.kind()) {
			case EJECTED ->
				logger.info("Instance ejected: {} ({} of {})", change.detail(), change.subject(), change.service());
			case RETURNED ->
				logger.info("Instance returned: {} ({} of {})", change.detail(), change.subject(), change.service());
			case BREAKER_OPENED ->
				logger.info("Breaker opened: {} ({}, version {})", change.detail(), change.service(), change.subject());
			case BREAKER_HALF_OPENED -> logger.debug("Breaker half open: {} ({}, version {})", change.detail(),
					change.service(), change.subject());
			case BREAKER_CLOSED ->
				logger.info("Breaker closed: {} ({}, version {})", change.detail(), change.service(), change.subject());
			case RULES_APPLIED ->
				logger.info("Rules applied: {} ({}, {})", change.detail(), change.service(), change.subject());
			case RULE_REJECTED ->
				logger.warn("Rule rejected: {} ({}, {})", change.detail(), change.service(), change.subject());
		}
	}

}
