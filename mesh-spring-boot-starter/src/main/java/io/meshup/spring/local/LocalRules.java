package io.meshup.spring.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.meshup.model.MeshJson;
import io.meshup.model.ServiceName;
import io.meshup.model.rule.Route;
import io.meshup.model.rule.Rule;
import io.meshup.model.rule.RuleReader;
import io.meshup.model.rule.RuleSchema;
import io.meshup.model.rule.TrafficPolicy;
import io.meshup.route.CompiledRoute;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules that {@code mesh.traffic.services.*} asks for: read like the documents of an
 * operator, so that the same bounds hold.
 */
final class LocalRules {

	private static final String RULES = "rules";

	private final JsonNode policySchema;

	private final JsonNode schema;

	LocalRules() {
		this.policySchema = RuleSchema.read(TrafficPolicy.KIND).path("properties").path("spec");
		ObjectNode both = this.policySchema.deepCopy().asObject();
		ObjectNode fields = both.putObject("properties");
		fields.set(RULES, RuleSchema.read(Route.KIND).at("/properties/spec/properties/rules"));
		this.policySchema.path("properties")
			.properties()
			.forEach((field) -> fields.set(field.getKey(), field.getValue()));
		fields.remove("service");
		both.remove("required");
		this.schema = both;
	}

	// What may stand below the name of a service.
	JsonNode schema() {
		return this.schema;
	}

	List<Rule> read(Setting services) {
		List<Rule> rules = new ArrayList<>();
		services.children().forEach((service) -> rules.addAll(rules(service)));
		return rules;
	}

	private List<Rule> rules(Setting setting) {
		String service = setting.lastName();
		if (!ServiceName.isValid(service)) {
			throw setting.wrong("is not for a service: its name must be a DNS label (a-z, 0-9, -; "
					+ "at most 63 characters; not 'localhost')");
		}
		JsonNode fields = SettingSchema.read(this.schema, setting);
		ObjectNode route = MeshJson.mapper().createObjectNode();
		ObjectNode policy = MeshJson.mapper().createObjectNode();
		for (Map.Entry<String, JsonNode> field : fields.properties()) {
			(field.getKey().equals(RULES) ? route : policy).set(field.getKey(), field.getValue());
		}
		List<Rule> rules = new ArrayList<>();
		if (!route.isEmpty()) {
			rules.add(rule(Route.KIND, service, route, setting));
		}
		if (!policy.isEmpty()) {
			rules.add(rule(TrafficPolicy.KIND, service, policy, setting));
		}
		return rules;
	}

	private static Rule rule(String kind, String service, ObjectNode spec, Setting setting) {
		ObjectNode document = MeshJson.mapper().createObjectNode();
		document.put("kind", kind);
		document.putObject("metadata").put("name", service);
		document.set("spec", spec.put("service", service));
		try {
			Rule rule = RuleReader.read(document);
			if (rule instanceof Route route) {
				CompiledRoute.of(route);
			}
			return rule;
		}
		catch (IllegalArgumentException ex) {
			throw setting.wrong("is " + String.valueOf(ex.getMessage()).replaceFirst("[.]$", ""));
		}
	}

}
