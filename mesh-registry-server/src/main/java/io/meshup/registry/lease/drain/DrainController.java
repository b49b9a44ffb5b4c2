package io.meshup.registry.lease.drain;

import java.security.Principal;

import io.meshup.model.MeshJson;
import io.meshup.registry.lease.instance.LeaseKey;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.lease.intent.Intent;
import io.meshup.registry.lease.intent.IntentView;
import io.meshup.registry.lease.intent.Intents;
import io.meshup.registry.problem.ApiProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Operators drain an instance, or all of a version, and take it back. The wish is kept
 * whatever the instances do; how far it has come stands in the service.
 */
@RestController
final class DrainController {

	private static final String INSTANCE = "/api/v1/services/{service}/instances/{id}/drain";

	private static final String VERSION = "/api/v1/services/{service}/versions/{version}/drain";

	private static final Logger logger = LoggerFactory.getLogger(DrainController.class);

	private final Drains drains;

	private final Intents intents;

	DrainController(Drains drains, Intents intents) {
		this.drains = drains;
		this.intents = intents;
	}

	@PostMapping(path = INSTANCE, produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<byte[]> drainInstance(@PathVariable String service, @PathVariable String id, ServerWebExchange exchange) {
		LeaseKey key = LeaseKey.parse(service, id);
		return drain(new Intent.Target(key.service(), Intent.Scope.INSTANCE, key.id()), exchange);
	}

	@DeleteMapping(INSTANCE)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> undrainInstance(@PathVariable String service, @PathVariable String id, ServerWebExchange exchange) {
		LeaseKey key = LeaseKey.parse(service, id);
		return undrain(new Intent.Target(key.service(), Intent.Scope.INSTANCE, key.id()), exchange);
	}

	@PostMapping(path = VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<byte[]> drainVersion(@PathVariable String service, @PathVariable String version, ServerWebExchange exchange) {
		LeaseKey.requireService(service);
		return drain(new Intent.Target(service, Intent.Scope.VERSION, version), exchange);
	}

	@DeleteMapping(VERSION)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> undrainVersion(@PathVariable String service, @PathVariable String version, ServerWebExchange exchange) {
		LeaseKey.requireService(service);
		return undrain(new Intent.Target(service, Intent.Scope.VERSION, version), exchange);
	}

	private Mono<byte[]> drain(Intent.Target target, ServerWebExchange exchange) {
		if (this.intents.present().find(target).isEmpty() && covered(target) == 0) {
			throw ApiProblem.of(HttpStatus.NOT_FOUND,
					"Nothing runs as '" + target + "', so there is nothing to drain. What runs is listed by "
							+ "'meshctl instances " + target.service() + "' and GET /api/v1/services/"
							+ target.service() + ".");
		}
		return author(exchange).flatMap((author) -> this.intents.begin(target, author)).then(Mono.fromCallable(() -> {
			IntentView kept = this.intents.present()
				.find(target)
				.map(IntentView::of)
				.orElseThrow(() -> ApiProblem.of(HttpStatus.CONFLICT,
						"The drain of '" + target + "' was taken back by somebody else in the same moment."));
			logger.info("An operator drains {}: {} instances (by {})", target, covered(target), kept.by());
			return MeshJson.write(kept);
		}));
	}

	private Mono<Void> undrain(Intent.Target target, ServerWebExchange exchange) {
		if (this.intents.present().find(target).isEmpty()) {
			refuseWhatIsNotTheOperators(target);
			return Mono.empty();
		}
		return author(exchange).flatMap((author) -> this.intents.end(target, author)
			.doOnSuccess((done) -> logger.info("An operator no longer drains {} (by {})", target, author)));
	}

	/**
	 * Taking back twice is no mistake; taking back what somebody else wants is one.
	 * @param target what is not drained by itself
	 */
	private void refuseWhatIsNotTheOperators(Intent.Target target) {
		if (target.scope() == Intent.Scope.VERSION) {
			return;
		}
		DrainView drain = this.drains.view(new LeaseKey(target.service(), target.name()));
		if (drain != null) {
			String reason = drain.by().isEmpty() ? "the instance itself is leaving, which cannot be taken back"
					: "its whole version was drained by '" + drain.by() + "'; take that back, DELETE /api/v1/services/"
							+ target.service() + "/versions/VERSION/drain";
			throw ApiProblem.of(HttpStatus.CONFLICT, "'" + target + "' was not drained by itself: " + reason + ".");
		}
	}

	private static Mono<String> author(ServerWebExchange exchange) {
		return exchange.getPrincipal().map(Principal::getName).defaultIfEmpty("anonymous");
	}

	private long covered(Intent.Target target) {
		return this.drains.instances(target.service())
			.stream()
			.map(ListedInstance::instance)
			.filter((instance) -> target.covers(instance.id(), instance.version()))
			.count();
	}

}
