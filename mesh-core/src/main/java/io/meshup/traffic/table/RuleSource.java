package io.meshup.traffic.table;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where the rule of one kind comes from that is in force for a service.
 *
 * @param origin who made it
 * @param rule the rule's id, for example {@code Route/inventory}; empty for the defaults
 * @param revision when the registry accepted it, else 0
 * @param alsoLocal whether this process's own configuration has one of that kind, which
 * holds while the registry has none
 */
public record RuleSource(Origin origin, String rule, long revision, boolean alsoLocal) {

	/**
	 * No rule: the defaults hold.
	 */
	public static final RuleSource NONE = new RuleSource(Origin.DEFAULT, "", 0, false);

	/**
	 * Who made a rule.
	 */
	public enum Origin {

		/**
		 * An operator, at the registry.
		 */
		@JsonProperty("registry")
		REGISTRY,

		/**
		 * The configuration of this process.
		 */
		@JsonProperty("local")
		LOCAL,

		/**
		 * Nobody: what holds without a rule.
		 */
		@JsonProperty("default")
		DEFAULT

	}

}
