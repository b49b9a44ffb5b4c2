package io.meshup.registry.rule.check;

import java.util.List;

import io.meshup.registry.rule.check.field.RuleWarning;
import tools.jackson.databind.JsonNode;

/**
 * A document that has passed every check that needs no other rule.
 *
 * @param index which document of the request it is
 * @param kind its kind
 * @param name its name
 * @param spec what the operator wrote
 * @param warnings what is doubtful
 */
public record RuleDraft(int index, String kind, String name, JsonNode spec, List<RuleWarning> warnings) {

	public String id() {
		return this.kind + "/" + this.name;
	}

	public String service() {
		return this.spec.path("service").asString("");
	}

}
