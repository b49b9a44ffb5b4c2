package io.meshup.registry.problem;

import java.util.LinkedHashMap;
import java.util.Map;

import io.meshup.model.MeshJson;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes problems: the only place that knows their form on the wire. Thread-safe.
 */
public final class ProblemWriter {

	private ProblemWriter() {
	}

	/**
	 * Answers with a problem.
	 * @param exchange whose response is not committed yet
	 * @param problem what to say
	 * @return completes when written
	 */
	public static Mono<Void> write(ServerWebExchange exchange, ApiProblem problem) {
		return UnreadBody.discard(exchange.getRequest()).flatMap((isReusable) -> {
			byte[] body = MeshJson.write(body(problem));
			ServerHttpResponse response = exchange.getResponse();
			response.setStatusCode(problem.status());
			response.getHeaders().putAll(problem.headers());
			response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
			response.getHeaders().setContentLength(body.length);
			if (!isReusable) {
				response.getHeaders().setConnection("close");
			}
			return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
		});
	}

	private static Map<String, Object> body(ApiProblem problem) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("type", "about:blank");
		body.put("title", problem.status().getReasonPhrase());
		body.put("status", problem.status().value());
		body.put("detail", problem.detail());
		if (!problem.violations().isEmpty()) {
			body.put("violations", problem.violations());
		}
		return body;
	}

}
