package io.meshup.registry.lease.beat;

import java.util.Base64;
import java.util.List;

import io.meshup.model.MeshJson;
import io.meshup.model.ServiceName;
import io.meshup.model.beat.Beat;
import io.meshup.model.beat.EdgeTotals;
import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import io.meshup.registry.problem.Violations;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * Reads the body of a beat as a tree first, so that all that is wrong with it is found at
 * once. Unknown fields are ignored, known ones are never coerced. Thread-safe.
 */
public final class BeatReader {

	private static final String HOST = "[A-Za-z0-9._:%-]{1,253}";

	private static final String LABEL = "[\\x21-\\x7e]{1,128}";

	// The grammar of versions in rules: one that no rule can name could never be routed
	// to.
	private static final String VERSION = "[A-Za-z0-9]([A-Za-z0-9._+-]{0,61}[A-Za-z0-9])?";

	private static final long MAX_REVISION = 1L << 53;

	private static final ObjectReader READER = MeshJson.mapper()
		.readerFor(JsonNode.class)
		.with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

	private final RegistryLimits limits;

	public BeatReader(RegistryLimits limits) {
		this.limits = limits;
	}

	/**
	 * Reads a beat.
	 * @param body the JSON
	 * @return the beat
	 * @throws ApiProblem with status 400 and every violation
	 */
	public Beat read(byte[] body) {
		JsonNode tree = parse(body);
		Violations violations = new Violations();
		if (tree.isObject()) {
			check(new FieldChecks(tree, "", this.limits.instance(), violations));
		}
		else {
			violations.add("", "must be a JSON object but was " + FieldChecks.describe(tree));
		}
		violations.throwIfAny();
		return MeshJson.read(tree, Beat.class);
	}

	private static JsonNode parse(byte[] body) {
		try {
			return READER.readValue(body);
		}
		catch (JacksonException ex) {
			TokenStreamLocation location = ex.getLocation();
			Integer line = (location != null) ? location.getLineNr() : null;
			Integer column = (location != null) ? location.getColumnNr() : null;
			throw ApiProblem.invalid(List.of(new Violation(null, "",
					"does not parse as JSON: " + plain(ex.getOriginalMessage()), line, column)));
		}
	}

	private static String plain(String message) {
		return message.lines()
			.findFirst()
			.orElse("")
			.replaceAll("\\(bound as [^)]*\\)", "")
			.replaceAll("\\(?(through reference chain|for |from ).*", "")
			.strip();
	}

	private static void check(FieldChecks beat) {
		beat.text("host", HOST, "a host name or address").required();
		beat.whole("port", 1, 65_535).required();
		beat.oneOf("status", "STARTING", "UP", "DOWN", "DRAINING").required();
		beat.text("incarnation", LABEL, "1 to 128 visible characters");
		beat.oneOf("scheme", "http", "https");
		beat.text("version", VERSION, "1 to 63 letters, digits, '.', '_', '+' or '-', letters or digits at both ends");
		beat.text("zone", LABEL, "1 to 128 visible characters");
		beat.text("lane", LABEL, "1 to 128 visible characters");
		beat.whole("weight", 0, 1_000_000);
		beat.flatText("metadata");
		beat.whole("applied", 0, MAX_REVISION);
		beat.texts("busy");
		beat.list("rejected", BeatReader::checkRejected);
		beat.list("edges", BeatReader::checkEdge);
		beat.list("demand", BeatReader::checkDemand);
	}

	private static void checkRejected(FieldChecks rejected) {
		rejected.text("rule", "(?s).{1,512}", "1 to 512 characters").required();
		rejected.whole("revision", 0, MAX_REVISION);
		rejected.text("reason", "(?s).{0,4096}", "at most 4096 characters");
	}

	private static void checkEdge(FieldChecks edge) {
		edge.oneOf("source", EdgeTotals.OUTSIDE);
		edge.satisfies("to", ServiceName::isValid, "a service name (a DNS label: a-z, 0-9, -)").required();
		edge.text("toVersion", LABEL, "1 to 128 visible characters").required();
		edge.whole("requests", 0, MAX_REVISION).required();
		edge.whole("errors", 0, MAX_REVISION);
		edge.whole("retries", 0, MAX_REVISION);
		edge.whole("laneLost", 0, MAX_REVISION);
		edge.oneOf("breaker", "closed", "open", "half-open");
		edge.texts("ejected");
		edge.satisfies("latency", BeatReader::isBase64, "Base64");
	}

	private static void checkDemand(FieldChecks demand) {
		demand.text("limit", "(?s).{1,256}", "1 to 256 characters").required();
		demand.rate("rate").required();
	}

	private static boolean isBase64(String text) {
		try {
			return Base64.getDecoder().decode(text) != null;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
