package io.meshup.registry.store;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What must survive besides the rules: an operator's intent or a token. The last one of a
 * type and subject is in force, until one without content ends it. Every one is a row of
 * the audit log.
 *
 * @param type what it is, for example {@code drain}; {@code event:} begins the types of
 * which nothing is in force
 * @param subject what it is about
 * @param author who caused it
 * @param content what it says; a missing node ends it
 */
public record Fact(String type, String subject, String author, JsonNode content) {

	/**
	 * How the types begin that are for the audit log only.
	 */
	public static final String EVENT = "event:";

	/**
	 * The end of a fact.
	 * @param type what it is
	 * @param subject what it is about
	 * @param author who ends it
	 * @return a fact without content
	 */
	public static Fact over(String type, String subject, String author) {
		return new Fact(type, subject, author, MissingNode.getInstance());
	}

	/**
	 * Whether it takes back what was there.
	 * @return whether it has no content
	 */
	public boolean isOver() {
		return this.content.isMissingNode();
	}

}
