package io.meshup.model.rule;

/**
 * A traffic rule in force: its envelope, common to all kinds.
 */
public sealed interface Rule permits Route, TrafficPolicy, RateLimit {

	/**
	 * The kind as documents write it.
	 * @return for example {@code Route}
	 */
	String kind();

	/**
	 * The rule's name, unique within its kind.
	 * @return the name
	 */
	String name();

	/**
	 * The service that the rule is for.
	 * @return the service
	 */
	String service();

	/**
	 * The revision at which the registry accepted this version of the rule.
	 * @return the revision, 0 for a local rule
	 */
	long revision();

	/**
	 * How the rule is named in reports.
	 * @return for example {@code Route/inventory}
	 */
	default String id() {
		return kind() + "/" + name();
	}

}
