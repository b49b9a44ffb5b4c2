package io.meshup.registry.rule;

import java.util.List;
import java.util.concurrent.Callable;

import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.RequestBody;
import io.meshup.registry.rule.check.RuleDraft;
import io.meshup.registry.rule.schema.RuleSchemas;
import io.meshup.registry.rule.text.DocumentReader;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.rule.RuleChange;
import io.meshup.registry.store.rule.RuleCommit;
import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
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

	/** So many bytes are read and checked in some tenths of a millisecond. */
	private static final long SHORT = 4 * 1024;

	private static final int MOST_WAITING = 100_000;

	private static final int IDLE_SECONDS = 60;

	private final RuleService rules;

	private final MeshStore store;

	private final RuleSchemas schemas;

	private final RegistryLimits limits;

	private final DocumentReader reader;

	// Threads that compute: with more of them than processors, those that serve beats and
	// refuse what is too much would have to wait for their turn among them.
	private final Scheduler work = Schedulers.newBoundedElastic(Runtime.getRuntime().availableProcessors(),
			MOST_WAITING, "mesh-rules", IDLE_SECONDS, true);

	RuleController(RuleService rules, MeshStore store, RuleSchemas schemas, RegistryLimits limits) {
		this.rules = rules;
		this.store = store;
		this.schemas = schemas;
		this.limits = limits;
		this.reader = new DocumentReader(limits);
	}

	@GetMapping(path = "/rules", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<byte[]>> list() {
		return apart(() -> {
			long revision = this.store.revision();
			return RuleAnswers.list(this.store.ruleSet(), revision);
		});
	}

	@GetMapping(path = "/rules", produces = YAML)
	Mono<ResponseEntity<byte[]>> export() {
		return apart(() -> {
			RuleSet rules = this.store.ruleSet();
			return RuleAnswers.yaml(rules.all(), rules.revision());
		});
	}

	@GetMapping(path = "/rules/{kind}/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<byte[]> get(@PathVariable String kind, @PathVariable String name) {
		return RuleAnswers.rule(this.rules.find(kind, name));
	}

	@GetMapping(path = "/rules/{kind}/{name}", produces = YAML)
	ResponseEntity<byte[]> export(@PathVariable String kind, @PathVariable String name) {
		StoredRule rule = this.rules.find(kind, name);
		return RuleAnswers.yaml(List.of(rule), rule.revision());
	}

	@PutMapping(path = "/rules/{kind}/{name}",
			consumes = { MediaType.APPLICATION_JSON_VALUE, YAML, YAML_OF_OLD, YAML_AS_TEXT })
	Mono<ResponseEntity<byte[]>> put(@PathVariable String kind, @PathVariable String name,
			@RequestParam(defaultValue = "false") boolean dryRun, ServerWebExchange exchange) {
		return drafts(exchange, (documents) -> this.rules.check(kind, name, documents))
			.zipWhen((drafts) -> changing(exchange),
					(drafts, changing) -> new RuleUpdate(drafts, changing, RuleUpdate.EACH))
			.flatMap((update) -> dryRun ? this.rules.tried(update) : this.rules.written(update));
	}

	@PostMapping(path = "/rules:apply",
			consumes = { MediaType.APPLICATION_JSON_VALUE, YAML, YAML_OF_OLD, YAML_AS_TEXT })
	Mono<ResponseEntity<byte[]>> apply(@RequestParam(defaultValue = "false") boolean dryRun,
			ServerWebExchange exchange) {
		return drafts(exchange, this.rules::check)
			.zipWhen((drafts) -> changing(exchange),
					(drafts, changing) -> new RuleUpdate(drafts, changing, RuleUpdate.ALL))
			.flatMap((update) -> {
				Mono<RuleCommit> commit = dryRun ? Mono.fromSupplier(() -> this.rules.tryOut(update))
						: this.rules.keep(update);
				return commit.map((outcome) -> RuleAnswers.applied(update.results(), outcome));
			});
	}

	@DeleteMapping("/rules/{kind}/{name}")
	Mono<ResponseEntity<Void>> delete(@PathVariable String kind, @PathVariable String name,
			@RequestParam(defaultValue = "false") boolean dryRun, ServerWebExchange exchange) {
		return Mono.defer(() -> changing(exchange)).flatMap((changing) -> {
			RuleChange.Delete deletion = new RuleChange.Delete(kind, name, changing.author(), changing.reason());
			return dryRun ? Mono.fromSupplier(() -> this.rules.tryOut(deletion, changing.preconditions()))
					: this.rules.delete(deletion, changing.preconditions());
		})
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
	 * Checking a megabyte takes its time, which the event loops do not have. A usual
	 * document takes less than to wait for another thread.
	 * @param exchange the request
	 * @param check finds all that is wrong
	 * @return the drafts
	 */
	private Mono<List<RuleDraft>> drafts(ServerWebExchange exchange, Check check) {
		MediaType type = exchange.getRequest().getHeaders().getContentType();
		Mono<byte[]> body = RequestBody.read(exchange.getRequest(), this.limits);
		return (isShort(exchange) ? body : body.publishOn(this.work))
			.map((text) -> check.drafts(this.reader.read(text, type)));
	}

	private static boolean isShort(ServerWebExchange exchange) {
		long length = exchange.getRequest().getHeaders().getContentLength();
		return length >= 0 && length <= SHORT;
	}

	private Mono<Changing> changing(ServerWebExchange exchange) {
		return Changing.of(exchange, this.limits.messageLength());
	}

	private Mono<ResponseEntity<byte[]>> apart(Callable<ResponseEntity<byte[]>> answer) {
		return Mono.fromCallable(answer).subscribeOn(this.work);
	}

	/**
	 * Turns documents into drafts or throws.
	 */
	@FunctionalInterface
	private interface Check {

		List<RuleDraft> drafts(List<JsonNode> documents);

	}

}
