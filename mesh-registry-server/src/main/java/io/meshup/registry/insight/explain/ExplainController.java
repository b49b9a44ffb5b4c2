package io.meshup.registry.insight.explain;

import io.meshup.model.MeshJson;
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

	ExplainController(Explainer explainer) {
		this.explainer = explainer;
	}

	@PostMapping(path = "/api/v1/explain", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<byte[]> explain(@RequestBody(required = false) byte @Nullable [] body) {
		Question question = QuestionReader.read((body != null) ? body : new byte[0]);
		return Mono.fromCallable(() -> MeshJson.write(this.explainer.explain(question)))
			.subscribeOn(Schedulers.boundedElastic());
	}

}
