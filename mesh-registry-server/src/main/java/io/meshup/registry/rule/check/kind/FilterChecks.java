package io.meshup.registry.rule.check.kind;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import io.meshup.model.rule.filter.Header;
import io.meshup.registry.rule.check.field.Durations;
import io.meshup.registry.rule.check.field.Findings;
import tools.jackson.databind.JsonNode;

/**
 * What a schema cannot say about the filters of a rule.
 */
final class FilterChecks {

	private static final long LONGEST_KEPT = Duration.ofHours(24).toMillis();

	private final Findings findings;

	FilterChecks(Findings findings) {
		this.findings = findings;
	}

	void check(String service, JsonNode rule, String at) {
		Set<String> seen = new HashSet<>();
		JsonNode filters = rule.path("filters");
		for (int i = 0; i < filters.size(); i++) {
			JsonNode filter = filters.path(i);
			String here = at + "/filters/" + i;
			for (String kind : filter.propertyNames()) {
				if (!kind.equals("requestMirror") && !seen.add(kind)) {
					this.findings.wrong(here, "must be the only '" + kind + "' of its rule, but there is one before");
				}
			}
			modifier(filter.path("requestHeaderModifier"), here + "/requestHeaderModifier");
			modifier(filter.path("responseHeaderModifier"), here + "/responseHeaderModifier");
			path(rule, filter.at("/urlRewrite/path"), here + "/urlRewrite/path");
			redirect(rule, filter.path("requestRedirect"), here + "/requestRedirect");
			mirror(service, filter.path("requestMirror"), here + "/requestMirror");
			fault(rule, filter.path("fault"), here + "/fault");
			cache(filter.path("cache"), here + "/cache");
		}
	}

	private void modifier(JsonNode modifier, String at) {
		for (String part : new String[] { "set", "add" }) {
			JsonNode headers = modifier.path(part);
			for (int i = 0; i < headers.size(); i++) {
				header(headers.path(i).path("name"), at + "/" + part + "/" + i + "/name");
			}
		}
		JsonNode removed = modifier.path("remove");
		for (int i = 0; i < removed.size(); i++) {
			header(removed.path(i), at + "/remove/" + i);
		}
	}

	private void header(JsonNode name, String at) {
		if (name.isString() && !Header.isChangeable(name.asString())) {
			this.findings.wrong(at, "must be a header that a rule may change (not Host, not one of the connection, not "
					+ "x-mesh-*) but was '" + name.asString() + "'");
		}
	}

	private void path(JsonNode rule, JsonNode path, String at) {
		String type = path.path("type").asString("");
		boolean full = type.equals("ReplaceFullPath");
		String field = full ? "replaceFullPath" : "replacePrefixMatch";
		String other = full ? "replacePrefixMatch" : "replaceFullPath";
		if (!full && !type.equals("ReplacePrefixMatch")) {
			return;
		}
		String value = path.path(field).asString("");
		if (!value.startsWith("/") || value.contains("?") || value.contains("#")) {
			this.findings.wrong(at + "/" + field, "must begin with '/' and have no '?' or '#' but was '" + value + "'");
		}
		if (path.has(other)) {
			this.findings.wrong(at + "/" + other, "must not stand beside the type '" + type + "'");
		}
		if (!full && !hasPrefix(rule.path("matches"))) {
			this.findings.wrong(at + "/type",
					"must be ReplaceFullPath where a match of the rule is not by PathPrefix: there is no prefix to replace");
		}
	}

	private static boolean hasPrefix(JsonNode matches) {
		return matches.valueStream()
			.map((match) -> match.path("path").path("type").asString("PathPrefix"))
			.allMatch("PathPrefix"::equals);
	}

	private void redirect(JsonNode rule, JsonNode redirect, String at) {
		path(rule, redirect.path("path"), at + "/path");
		if (redirect.isObject() && redirect.path("hostname").isMissingNode()) {
			if (redirect.path("path").isMissingNode()) {
				this.findings.wrong(at, "must have a 'hostname' or a 'path', or it leads back to itself");
			}
			for (String part : new String[] { "scheme", "port" }) {
				if (redirect.has(part)) {
					this.findings.wrong(at + "/" + part, "must stand beside a 'hostname'");
				}
			}
		}
		if (redirect.isObject() && !rule.path("backendRefs").isEmpty()) {
			this.findings.doubtful(at, "answers every request of the rule, so its 'backendRefs' are never used");
		}
	}

	private void mirror(String service, JsonNode mirror, String at) {
		if (mirror.path("service").asString("").equals(service) && mirror.path("version").isMissingNode()) {
			this.findings.wrong(at, "must name a 'version', or another service than '" + service
					+ "': a copy to the same instances only doubles their load");
		}
	}

	private void cache(JsonNode cache, String at) {
		if (cache.isObject() && isNothing(cache.path("ttl")) && isNothing(cache.path("staleIfError"))) {
			this.findings.doubtful(at, "keeps only answers that say for how long by Cache-Control or Expires, or that "
					+ "have an ETag or Last-Modified; without these it does nothing");
		}
		for (String field : new String[] { "ttl", "staleIfError" }) {
			if (Durations.millis(cache.path(field)) > LONGEST_KEPT) {
				this.findings.wrong(at + "/" + field, "must be at most 24h but was " + cache.path(field).asString());
			}
		}
	}

	private static boolean isNothing(JsonNode duration) {
		return duration.isMissingNode() || Durations.millis(duration) == 0;
	}

	private void fault(JsonNode rule, JsonNode fault, String at) {
		long delay = Durations.millis(fault.at("/delay/duration"));
		if (delay == 0) {
			this.findings.wrong(at + "/delay/duration", "must be longer than 0s but was 0s");
		}
		long request = Durations.millis(rule.at("/timeouts/request"));
		if (request > 0 && delay >= request) {
			this.findings.doubtful(at + "/delay/duration",
					"uses up the whole 'timeouts.request': every delayed call ends with 504");
		}
	}

}
