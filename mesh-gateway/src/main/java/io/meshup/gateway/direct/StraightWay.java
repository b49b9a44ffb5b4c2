package io.meshup.gateway.direct;

import java.util.Set;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * What may go straight into the mesh: neither WebSockets nor gRPC, whose filters do more,
 * nor what asks before a cross-origin request, nor what the gateway answers by itself.
 *
 * @param route the route into the mesh, the only one
 * @param taken first segments of paths that other handlers answer
 */
record StraightWay(Route route, Set<String> taken) {

	boolean isFor(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
		return !"websocket".equalsIgnoreCase(headers.getUpgrade())
				&& (type == null || !type.startsWith("application/grpc"))
				&& !request.getMethod().equals(HttpMethod.OPTIONS)
				&& !isTaken(request.getPath().pathWithinApplication().value());
	}

	void enter(ServerWebExchange exchange) {
		exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR, this.route);
	}

	private boolean isTaken(String path) {
		int start = path.startsWith("/") ? 1 : 0;
		int end = path.indexOf('/', start);
		return this.taken.contains((end < 0) ? path.substring(start) : path.substring(start, end));
	}

}
