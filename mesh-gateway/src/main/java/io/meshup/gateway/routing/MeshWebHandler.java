package io.meshup.gateway.routing;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.meshup.gateway.edge.PassingHeaders;
import io.meshup.gateway.exchange.ResponseWriter;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.ForwardPathFilter;
import org.springframework.cloud.gateway.filter.ForwardRoutingFilter;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Runs the filters of a route. A request to the mesh passes all filters of an
 * application's own, but not those of Spring Cloud Gateway that find an address, which
 * the engine does, or that carry requests and responses, which {@link MeshSendFilter} and
 * {@link MeshWriteFilter} do for less. gRPC needs what these leave out, and passes all.
 * Thread-safe.
 */
@Component
final class MeshWebHandler extends FilteringWebHandler {

	private static final Set<Class<?>> REPLACED = Set.of(RouteToRequestUrlFilter.class, ForwardPathFilter.class,
			ForwardRoutingFilter.class, NettyRoutingFilter.class, NettyWriteResponseFilter.class);

	private final FilteringWebHandler mesh;

	MeshWebHandler(List<GlobalFilter> filters, GatewayProperties properties, HttpClient client,
			HttpClientProperties clientProperties, PassingHeaders headers, ResponseWriter writer) {
		super(filters, properties.isRouteFilterCacheEnabled());
		Stream<GlobalFilter> kept = filters.stream().filter((filter) -> !REPLACED.contains(filter.getClass()));
		Stream<GlobalFilter> own = Stream.of(new MeshSendFilter(client, clientProperties, headers),
				new MeshWriteFilter(writer));
		this.mesh = new FilteringWebHandler(Stream.concat(kept, own).toList(), true);
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return (ServiceRoutes.isMesh(exchange) && !isGrpc(exchange)) ? this.mesh.handle(exchange)
				: super.handle(exchange);
	}

	private static boolean isGrpc(ServerWebExchange exchange) {
		String type = exchange.getRequest().getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
		return type != null && type.startsWith("application/grpc");
	}

}
