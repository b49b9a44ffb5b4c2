package io.meshup.gateway.exchange;

import io.meshup.gateway.MeshGatewayProperties;
import io.meshup.gateway.edge.PathGuard;
import io.meshup.model.ServiceName;
import io.meshup.spring.client.CallContexts;
import io.meshup.spring.instance.OwnInstance;
import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.request.CallContext;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.RequestPath;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Opens the engine's call for a request, or tells why it has none. Thread-safe.
 */
@Component
public final class MeshCalls {

	private final TrafficEngine engine;

	private final MeshGatewayProperties properties;

	private final String own;

	MeshCalls(TrafficEngine engine, MeshGatewayProperties properties, OwnInstance own) {
		this.engine = engine;
		this.properties = properties;
		this.own = own.service();
	}

	/**
	 * What is wrong with a path.
	 * @param whole the path as it came
	 * @return what to answer, or {@code null} for a path into the mesh
	 */
	public @Nullable GatewayProblem refusal(RequestPath whole) {
		String raw = whole.value();
		if (!PathGuard.isPlain(raw)) {
			return GatewayProblem.of(HttpStatus.BAD_REQUEST, "The path '" + raw + "' can be read in more than one way. "
					+ "Send it without empty or dot segments, ';', '\\' and needless escapes.");
		}
		ServicePath path = ServicePath.of(whole);
		return isReachable(path) ? null : GatewayProblem.of(HttpStatus.NOT_FOUND, "No service is reachable as '"
				+ path.prefix() + "'. Paths begin with a service's name: /{service}/...");
	}

	/**
	 * Opens the call of a request.
	 * @param exchange the request
	 * @param path its path, not refused
	 * @param body its body
	 * @return the call
	 */
	public OutboundCall open(ServerWebExchange exchange, ServicePath path, GatewayBody body) {
		CallContext context = exchange.getAttributeOrDefault(CallContexts.KEY, CallContext.NONE);
		return this.engine.open(path.service(), new ExchangeView(exchange.getRequest(), path.rest(), context, body));
	}

	// Not the gateway itself: /gateway/gateway/... would make one request hundreds.
	private boolean isReachable(ServicePath path) {
		String service = path.service();
		return ServiceName.isValid(service) && !service.equals(this.own) && this.properties.isReachable(service)
				&& !PathGuard.isActuator(path.rest());
	}

}
