package io.meshup.gateway.routing;

import java.net.URI;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * The one route that leads into the mesh. Which service is meant is read from the path at
 * each request, so that services come and go without a change of routes; routes of an
 * application's own go first.
 */
@Configuration(proxyBeanMethods = false)
public class ServiceRoutes {

	private static final URI TARGET = URI.create("mesh://service");

	@Bean
	RouteLocator meshRoute(RouteLocatorBuilder builder) {
		return builder.routes()
			.route("mesh", (route) -> route.order(Ordered.LOWEST_PRECEDENCE).alwaysTrue().uri(TARGET))
			.build();
	}

	static boolean isMesh(ServerWebExchange exchange) {
		Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return route != null && isMesh(route);
	}

	/**
	 * Whether a route is the one into the mesh.
	 * @param route any route
	 * @return {@code false} for those of an application's own
	 */
	public static boolean isMesh(Route route) {
		return TARGET.getScheme().equals(route.getUri().getScheme());
	}

}
