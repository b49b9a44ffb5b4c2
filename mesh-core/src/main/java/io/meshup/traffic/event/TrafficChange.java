package io.meshup.traffic.event;

/**
 * Something changed in how a service is called.
 *
 * @param kind what
 * @param service the service
 * @param subject the instance, version or rule that it is about
 * @param detail one sentence for people
 */
public record TrafficChange(Kind kind, String service, String subject, String detail) {

	/**
	 * What can change.
	 */
	public enum Kind {

		/**
		 * An instance is left out for a while.
		 */
		EJECTED,

		/**
		 * An instance that was left out answers again.
		 */
		RETURNED,

		/**
		 * A breaker refuses calls of a version.
		 */
		BREAKER_OPENED,

		/**
		 * A breaker lets probes through.
		 */
		BREAKER_HALF_OPENED,

		/**
		 * A breaker lets all calls through again.
		 */
		BREAKER_CLOSED,

		/**
		 * New rules of a service are in force.
		 */
		RULES_APPLIED,

		/**
		 * A rule cannot be used; its last good version stays in force.
		 */
		RULE_REJECTED

	}

}
