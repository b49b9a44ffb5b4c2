package io.meshup.registry.insight.explain;

import io.meshup.model.MeshJson;
import io.meshup.registry.limit.RegistryLimits;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers what would become of a request. Changes nothing and sends nothing.
 */
@RestController
final class ExplainController {

	private final Explainer explainer;

	private final RegistryLimits limits;

	ExplainController(Explainer explainer, RegistryLimits limits) {
		this.explainer = explainer;
		this.limits = limits;
	}

	@PostMapping(path = "/api/v1/explain", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<byte[]> explain(@RequestBody(required = false) byte @Nullable [] body) {
		Question question = QuestionReader.read((body != null) ? body : new byte[0], this.limits.question());
		return Mono.fromCallable(() -> MeshJson.write(this.explainer.explain(question)))
			.subscribeOn(Schedulers.boundedElastic());
	}

}
