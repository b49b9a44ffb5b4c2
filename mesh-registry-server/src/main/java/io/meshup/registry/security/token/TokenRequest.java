package io.meshup.registry.security.token;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.meshup.model.MeshJson;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import io.meshup.registry.security.access.Role;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The wish for a token.
 *
 * @param name its name
 * @param role what it may do
 * @param expiresAt until when, or {@code null}
 */
record TokenRequest(String name, Role role, @Nullable Instant expiresAt) {

	private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

	private static final List<String> FIELDS = List.of("name", "role", "expiresAt");

	/**
	 * Reads it, all that is wrong at once.
	 * @param body the JSON
	 * @param now the present time
	 * @param nameLength how long a name may be
	 * @return the wish
	 * @throws ApiProblem with every violation
	 */
	static TokenRequest read(byte[] body, Instant now, int nameLength) {
		JsonNode tree = parse(body);
		List<Violation> violations = new ArrayList<>();
		String name = tree.path("name").asString("");
		if (name.length() > nameLength || !NAME.matcher(name).matches()) {
			violations.add(Violation.of("/name", "must be a DNS label (RFC 1123: a-z, 0-9, -; at most " + nameLength
					+ " characters, mesh.registry.limits.name-length)"));
		}
		Optional<Role> role = Role.ofPerson(tree.path("role").asString(""));
		if (role.isEmpty()) {
			violations.add(Violation.of("/role", "must be one of viewer, operator, admin"));
		}
		Instant expiresAt = expiry(tree.path("expiresAt"), now, violations);
		for (String field : tree.propertyNames()) {
			if (!FIELDS.contains(field)) {
				violations.add(Violation.of("/" + field.replace("~", "~0").replace("/", "~1"),
						"unknown field (known here: " + String.join(", ", FIELDS) + ")"));
			}
		}
		if (!violations.isEmpty()) {
			throw ApiProblem.invalid(violations);
		}
		return new TokenRequest(name, role.orElseThrow(), expiresAt);
	}

	private static @Nullable Instant expiry(JsonNode value, Instant now, List<Violation> violations) {
		if (value.isMissingNode() || value.isNull()) {
			return null;
		}
		try {
			Instant expiry = Instant.parse(value.asString(""));
			if (expiry.isAfter(now)) {
				return expiry;
			}
		}
		catch (DateTimeException ex) {
			// Named below, as a time that is over is.
		}
		violations.add(Violation.of("/expiresAt", "must be a time to come, such as 2027-01-31T00:00:00Z"));
		return null;
	}

	private static JsonNode parse(byte[] body) {
		try {
			JsonNode tree = MeshJson.readStrictly(body);
			if (tree.isObject()) {
				return tree;
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below, as any other text that is no object is.
		}
		throw ApiProblem.invalid(List.of(Violation.of("", "must be a JSON object with name, role and expiresAt")));
	}

}
