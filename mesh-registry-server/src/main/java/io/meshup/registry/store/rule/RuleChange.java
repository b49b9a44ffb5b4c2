package io.meshup.registry.store.rule;

import tools.jackson.databind.JsonNode;

/**
 * One thing that a batch does to the rules.
 */
public sealed interface RuleChange {

	/**
	 * The kind of the rule that changes.
	 * @return for example {@code Route}
	 */
	String kind();

	/**
	 * The name of the rule that changes.
	 * @return unique within its kind
	 */
	String name();

	/**
	 * Who wants it.
	 * @return the name of the principal
	 */
	String author();

	/**
	 * Keeps a new revision of a rule.
	 *
	 * @param kind its kind
	 * @param name its name
	 * @param author who wrote it
	 * @param spec what the operator wrote, checked
	 * @param reason why
	 */
	record Put(String kind, String name, String author, JsonNode spec, Reason reason) implements RuleChange {
	}

	/**
	 * Ends a rule; its revisions are kept.
	 *
	 * @param kind its kind
	 * @param name its name
	 * @param author who deleted it
	 * @param reason why
	 */
	record Delete(String kind, String name, String author, Reason reason) implements RuleChange {
	}

}
