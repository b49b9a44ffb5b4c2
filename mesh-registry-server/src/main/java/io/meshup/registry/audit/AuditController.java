package io.meshup.registry.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.meshup.model.MeshJson;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.Violation;
import io.meshup.registry.store.AuditLog;
import io.meshup.registry.store.AuditRow;
import io.meshup.registry.store.MeshStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who changed what: newest first for people, the whole chain for those who verify it.
 */
@RestController
@RequestMapping("/api/v1/audit")
final class AuditController {

	private static final int MOST = 1_000;

	private final AuditLog audit;

	private final String registry;

	AuditController(MeshStore store) {
		this.audit = store.audit();
		this.registry = store.registry();
	}

	/**
	 * The newest entries that match.
	 * @param parameters since, user, kind, name, before, limit
	 * @return the entries, each with what was there before
	 */
	@GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<byte[]> entries(@RequestParam MultiValueMap<String, String> parameters) {
		AuditFilter filter = AuditFilter.of(parameters);
		return backwards(filter.before()).takeWhile((row) -> !filter.isOlder(row))
			.filter(filter::matches)
			.take(filter.limit())
			.collectList()
			.flatMap(this::withEarlier);
	}

	/**
	 * The chain as it is hashed, oldest first, one row a line.
	 * @param after the number of a row; what comes after it is sent
	 * @return the lines
	 */
	@GetMapping(produces = MediaType.APPLICATION_NDJSON_VALUE)
	Flux<byte[]> chain(@RequestParam(defaultValue = "0") long after) {
		return this.audit.after(after)
			.expand((rows) -> rows.isEmpty() ? Mono.empty() : this.audit.after(rows.get(rows.size() - 1).sequence()))
			.flatMapIterable((rows) -> rows, 1)
			.map((row) -> AuditView.line(row));
	}

	private Flux<AuditRow> backwards(long before) {
		return this.audit.before(before)
			.expand((rows) -> rows.isEmpty() ? Mono.empty() : this.audit.before(rows.get(rows.size() - 1).sequence()))
			.flatMapIterable((rows) -> rows, 1);
	}

	private Mono<byte[]> withEarlier(List<AuditRow> rows) {
		List<Long> earlier = rows.stream().map(AuditRow::earlier).filter((sequence) -> sequence > 0).toList();
		return this.audit.rows(earlier).map((found) -> {
			Map<Long, AuditRow> bySequence = found.stream().collect(Collectors.toMap(AuditRow::sequence, (row) -> row));
			Map<String, Object> body = new LinkedHashMap<>();
			body.put("registry", this.registry);
			body.put("entries", rows.stream().map((row) -> AuditView.of(row, bySequence.get(row.earlier()))).toList());
			return MeshJson.write(body);
		});
	}

	/**
	 * What is asked for.
	 */
	record AuditFilter(@Nullable Instant since, String user, String kind, String name, long before, int limit) {

		static AuditFilter of(MultiValueMap<String, String> parameters) {
			List<Violation> violations = new ArrayList<>();
			String since = text(parameters, "since", "");
			AuditFilter filter = new AuditFilter(instant(since, violations), text(parameters, "user", ""),
					text(parameters, "kind", ""), text(parameters, "name", ""),
					number(text(parameters, "before", ""), "before", Long.MAX_VALUE, violations),
					(int) number(text(parameters, "limit", "100"), "limit", MOST, violations));
			if (!violations.isEmpty()) {
				throw ApiProblem.invalid(violations);
			}
			return filter;
		}

		private static String text(MultiValueMap<String, String> parameters, String name, String otherwise) {
			String value = parameters.getFirst(name);
			return (value != null) ? value : otherwise;
		}

		private static @Nullable Instant instant(String text, List<Violation> violations) {
			try {
				return text.isEmpty() ? null : Instant.parse(text);
			}
			catch (DateTimeException ex) {
				violations
					.add(Violation.of("since", "must be a time such as 2026-11-22T08:00:00Z but was '" + text + "'"));
				return null;
			}
		}

		private static long number(String text, String name, long most, List<Violation> violations) {
			try {
				long number = text.isEmpty() ? most : Long.parseLong(text);
				if (number >= 1 && number <= most) {
					return number;
				}
			}
			catch (NumberFormatException ex) {
				// Named below, as a number out of range is.
			}
			violations.add(Violation.of(name, "must be a whole number of 1 to " + most + " but was '" + text + "'"));
			return most;
		}

		boolean isOlder(AuditRow row) {
			return this.since != null && Instant.parse(row.at()).isBefore(this.since);
		}

		boolean matches(AuditRow row) {
			return (this.user.isEmpty() || row.author().equals(this.user))
					&& (this.kind.isEmpty() || this.kind.equals(AuditView.kind(row)))
					&& (this.name.isEmpty() || this.name.equals(AuditView.name(row)));
		}

	}

}
