package io.meshup.registry.lease;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.meshup.registry.door.ParticipantCall;
import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.problem.RequestBody;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Beats on the short way, to {@link InstanceController} as on the long one.
 */
final class StraightBeat implements ParticipantCall {

	private static final String START = "/api/v1/services/";

	private static final Pattern PATH = Pattern
		.compile(START + "([a-z0-9-]{1,63})/instances/([A-Za-z0-9][A-Za-z0-9._:-]{0,127})");

	private final InstanceController instances;

	private final RegistryLimits limits;

	StraightBeat(InstanceController instances, RegistryLimits limits) {
		this.instances = instances;
		this.limits = limits;
	}

	@Override
	public boolean isFor(ServerHttpRequest request) {
		return request.getMethod().equals(HttpMethod.PUT) && path(request).startsWith(START) && isJson(request)
				&& PATH.matcher(path(request)).matches();
	}

	@Override
	public Mono<Void> answer(ServerWebExchange exchange) {
		Matcher path = PATH.matcher(path(exchange.getRequest()));
		if (!path.matches()) {
			return Mono.error(new IllegalStateException("'answer' was called for what 'isFor' refuses"));
		}
		return RequestBody.read(exchange.getRequest(), this.limits)
			.flatMap((body) -> this.instances.beat(path.group(1), path.group(2), body))
			.flatMap((grant) -> write(exchange.getResponse(), grant));
	}

	private static Mono<Void> write(ServerHttpResponse response, byte[] grant) {
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		response.getHeaders().setContentLength(grant.length);
		return response.writeWith(Mono.just(response.bufferFactory().wrap(grant)));
	}

	private static String path(ServerHttpRequest request) {
		return request.getPath().pathWithinApplication().value();
	}

	private static boolean isJson(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		String accept = headers.getFirst(HttpHeaders.ACCEPT);
		return MediaType.APPLICATION_JSON_VALUE.equals(headers.getFirst(HttpHeaders.CONTENT_TYPE)) && (accept == null
				|| accept.equals(MediaType.ALL_VALUE) || accept.startsWith(MediaType.APPLICATION_JSON_VALUE));
	}

}
