package io.meshup.registry.rule;

import java.security.Principal;
import java.util.List;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.rule.check.RuleDraft;
import io.meshup.registry.rule.schema.RuleSchemas;
import io.meshup.registry.rule.text.DocumentReader;
import io.meshup.registry.rule.text.RequestBody;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.RuleChange;
import io.meshup.registry.store.RuleCommit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * The rules over HTTP.
 */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
final class RuleController {

	private static final String YAML = "application/yaml";

	private static final String YAML_OF_OLD = "application/x-yaml";

	private static final String YAML_AS_TEXT = "text/yaml";

	private final RuleService rules;

	private final MeshStore store;

	private final RuleSchemas schemas;

	RuleController(RuleService rules, MeshStore store, RuleSchemas schemas) {
		this.rules = rules;
		this.store = store;
		this.schemas = schemas;
	}

	@GetMapping("/rules")
	ResponseEntity<byte[]> list() {
		long revision = this.store.revision();
		return RuleAnswers.list(this.store.rules(), revision);
	}

	@GetMapping("/rules/{kind}/{name}")
	ResponseEntity<byte[]> get(@PathVariable String kind, @PathVariable String name) {
		return RuleAnswers.rule(this.rules.find(kind, name));
	}

	@PutMapping(path = "/rules/{kind}/{name}",
			consumes = { MediaType.APPLICATION_JSON_VALUE, YAML, YAML_OF_OLD, YAML_AS_TEXT })
	Mono<ResponseEntity<byte[]>> put(@PathVariable String kind, @PathVariable String name,
			@RequestParam(defaultValue = "false") boolean dryRun, ServerWebExchange exchange) {
		return update(exchange, (documents) -> this.rules.check(kind, name, documents),
				Preconditions.from(exchange.getRequest().getHeaders()))
			.flatMap((update) -> dryRun
					? Mono.fromSupplier(() -> this.rules.tryOut(update))
						.map((commit) -> RuleAnswers.tried(update.results().get(0)))
					: this.rules.keep(update).map((commit) -> RuleAnswers.written(update.results().get(0), commit)));
	}

	@PostMapping(path = "/rules:apply",
			consumes = { MediaType.APPLICATION_JSON_VALUE, YAML, YAML_OF_OLD, YAML_AS_TEXT })
	Mono<ResponseEntity<byte[]>> apply(@RequestParam(defaultValue = "false") boolean dryRun,
			ServerWebExchange exchange) {
		return update(exchange, this.rules::check, Preconditions.NONE).flatMap((update) -> {
			Mono<RuleCommit> commit = dryRun ? Mono.fromSupplier(() -> this.rules.tryOut(update))
					: this.rules.keep(update);
			return commit.map((outcome) -> RuleAnswers.applied(update.results(), outcome));
		});
	}

	@DeleteMapping("/rules/{kind}/{name}")
	Mono<ResponseEntity<Void>> delete(@PathVariable String kind, @PathVariable String name,
			@RequestParam(defaultValue = "false") boolean dryRun, ServerWebExchange exchange) {
		Preconditions preconditions = Preconditions.from(exchange.getRequest().getHeaders());
		return author(exchange).map((author) -> new RuleChange.Delete(kind, name, author))
			.flatMap((deletion) -> dryRun ? Mono.fromSupplier(() -> this.rules.tryOut(deletion, preconditions))
					: this.rules.delete(deletion, preconditions))
			.map((commit) -> ResponseEntity.noContent()
				.header("x-mesh-revision", Long.toString(commit.revision()))
				.build());
	}

	@GetMapping("/schemas/{kind}")
	JsonNode schema(@PathVariable String kind) {
		return this.schemas.schema(kind)
			.orElseThrow(() -> ApiProblem.of(HttpStatus.NOT_FOUND, "There is no schema of kind '" + kind + "' (kinds: "
					+ String.join(", ", RuleSchemas.KINDS) + ")."));
	}

	/**
	 * Checking a megabyte takes its time, which the event loops do not have.
	 * @param exchange the request
	 * @param check finds all that is wrong
	 * @param preconditions what must hold at the write
	 * @return the checked update
	 */
	private static Mono<RuleUpdate> update(ServerWebExchange exchange, Check check, Preconditions preconditions) {
		MediaType type = exchange.getRequest().getHeaders().getContentType();
		return RequestBody.read(exchange.getRequest())
			.publishOn(Schedulers.boundedElastic())
			.map((body) -> check.drafts(DocumentReader.read(body, type)))
			.zipWith(author(exchange), (drafts, author) -> new RuleUpdate(drafts, preconditions, author));
	}

	private static Mono<String> author(ServerWebExchange exchange) {
		return exchange.getPrincipal().map(Principal::getName).defaultIfEmpty("anonymous");
	}

	/**
	 * Turns documents into drafts or throws.
	 */
	@FunctionalInterface
	private interface Check {

		List<RuleDraft> drafts(List<JsonNode> documents);

	}

}
