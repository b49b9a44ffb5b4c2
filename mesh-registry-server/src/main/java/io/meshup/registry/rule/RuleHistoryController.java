package io.meshup.registry.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.meshup.model.MeshJson;
import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.store.MeshStore;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Every version of a rule, and the way back to one.
 */
@RestController
@RequestMapping(path = "/api/v1/rules/{kind}/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
final class RuleHistoryController {

	private final RuleService rules;

	private final MeshStore store;

	private final RegistryLimits limits;

	RuleHistoryController(RuleService rules, MeshStore store, RegistryLimits limits) {
		this.rules = rules;
		this.store = store;
		this.limits = limits;
	}

	@GetMapping("/history")
	Mono<byte[]> history(@PathVariable String kind, @PathVariable String name) {
		return versions(kind, name).map((versions) -> {
			Map<String, Object> body = new LinkedHashMap<>();
			body.put("kind", kind);
			body.put("name", name);
			this.store.ruleSet().find(kind, name).ifPresent((rule) -> body.put("revision", rule.revision()));
			body.put("versions", versions.all());
			return MeshJson.write(body);
		});
	}

	@PostMapping("/rollback")
	Mono<ResponseEntity<byte[]>> rollback(@PathVariable String kind, @PathVariable String name, @RequestParam long to,
			@RequestParam(defaultValue = "false") boolean dryRun, ServerWebExchange exchange) {
		Mono<List<JsonNode>> documents = versions(kind, name).map((versions) -> List.of(versions.document(to)));
		return Mono.defer(() -> Changing.of(exchange, this.limits.messageLength()))
			.flatMap((changing) -> documents.map((old) -> this.rules.check(kind, name, old))
				.map((drafts) -> new RuleUpdate(drafts, changing.rollingBackTo(to), RuleUpdate.EACH)))
			.flatMap((update) -> dryRun ? this.rules.tried(update) : this.rules.written(update));
	}

	private Mono<RuleVersions> versions(String kind, String name) {
		return this.store.audit().versions(kind, name).map((rows) -> new RuleVersions(kind + "/" + name, rows));
	}

}
