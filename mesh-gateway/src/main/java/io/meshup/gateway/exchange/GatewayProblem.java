package io.meshup.gateway.exchange;

import java.util.Map;

import io.meshup.model.MeshJson;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * An answer of the gateway's own: a problem detail (RFC 9457).
 */
public final class GatewayProblem {

	private final HttpStatus status;

	private final String detail;

	private GatewayProblem(HttpStatus status, String detail) {
		this.status = status;
		this.detail = detail;
	}

	/**
	 * Makes an answer.
	 * @param status its status
	 * @param detail what happened and what to do
	 * @return the answer
	 */
	public static GatewayProblem of(HttpStatus status, String detail) {
		return new GatewayProblem(status, detail);
	}

	/**
	 * What the caller gets.
	 * @return the status
	 */
	public HttpStatus status() {
		return this.status;
	}

	/**
	 * Answers the caller.
	 * @param exchange not committed yet
	 * @return completes when it is written
	 */
	public Mono<Void> writeTo(ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(this.status);
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		byte[] body = MeshJson.write(Map.of("type", "about:blank", "title", this.status.getReasonPhrase(), "status",
				this.status.value(), "detail", this.detail));
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

}
