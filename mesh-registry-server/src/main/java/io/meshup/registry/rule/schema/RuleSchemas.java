package io.meshup.registry.rule.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.meshup.model.rule.RateLimit;
import io.meshup.model.rule.Route;
import io.meshup.model.rule.RuleSchema;
import io.meshup.model.rule.TrafficPolicy;
import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.problem.Violation;
import tools.jackson.databind.JsonNode;

/**
 * The JSON Schema of each kind: what is enforced, and no more. Thread-safe.
 */
public final class RuleSchemas {

	/**
	 * The kinds that can be written.
	 */
	public static final List<String> KINDS = List.of(Route.KIND, TrafficPolicy.KIND, RateLimit.KIND);

	private final Map<String, JsonNode> documents = new TreeMap<>();

	private final Map<String, Schema> schemas = new TreeMap<>();

	public RuleSchemas(RegistryLimits limits) {
		SchemaLimits applied = new SchemaLimits(limits);
		SchemaRegistry registry = SchemaRegistry.withDefaultDialect(dialect());
		for (String kind : KINDS) {
			JsonNode document = applied.apply(RuleSchema.read(kind));
			this.documents.put(kind, document);
			this.schemas.put(kind, registry.getSchema(document));
		}
	}

	/**
	 * Knows the words that {@link SchemaWords} reads, which validate nothing.
	 * @return the dialect of the schemas
	 */
	private static Dialect dialect() {
		return Dialect.builder(Dialects.getDraft202012())
			.keyword(new NonValidationKeyword("x-must"))
			.keyword(new NonValidationKeyword("x-later"))
			.build();
	}

	/**
	 * The schema of a kind.
	 * @param kind the kind
	 * @return its schema, or empty when there is none
	 */
	public Optional<JsonNode> schema(String kind) {
		return Optional.ofNullable(this.documents.get(kind));
	}

	/**
	 * Finds all that the schema forbids.
	 * @param kind a kind that has a schema
	 * @param document the document
	 * @param index which document of the request it is
	 * @return the violations, each once
	 */
	public List<Violation> check(String kind, JsonNode document, int index) {
		Schema schema = this.schemas.get(kind);
		JsonNode source = this.documents.get(kind);
		if (schema == null || source == null) {
			throw new IllegalArgumentException("There is no schema of kind '" + kind + "'");
		}
		List<Violation> violations = new ArrayList<>();
		for (Error error : schema.validate(document)) {
			violations.add(SchemaWords.violation(index, source, error));
		}
		return violations.stream().distinct().toList();
	}

}
