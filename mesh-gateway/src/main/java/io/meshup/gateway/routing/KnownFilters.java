package io.meshup.gateway.routing;

import java.util.Set;

import org.springframework.cloud.gateway.filter.GlobalFilter;

/**
 * The global filters that do nothing for a request into the mesh, or whose work is done
 * on the straight way too. By name, because some come and go with optional libraries.
 */
public final class KnownFilters {

	private static final String PACKAGE = "org.springframework.cloud.gateway.filter.";

	private static final Set<String> NAMES = Set.of("AdaptCachedBodyGlobalFilter", "ForwardPathFilter",
			"ForwardRoutingFilter", "FunctionRoutingFilter", "GatewayMetricsFilter",
			"LoadBalancerServiceInstanceCookieFilter", "NettyRoutingFilter", "NettyWriteResponseFilter",
			"ReactiveLoadBalancerClientFilter", "RemoveCachedBodyFilter", "RouteToRequestUrlFilter",
			"StreamRoutingFilter", "WebsocketRoutingFilter");

	private static final String NO_BALANCER = "org.springframework.cloud.gateway.config."
			+ "GatewayNoLoadBalancerClientAutoConfiguration$NoLoadBalancerClientFilter";

	private KnownFilters() {
	}

	/**
	 * Whether a request may pass by a filter.
	 * @param filter any filter
	 * @return {@code false} for those of an application's own
	 */
	public static boolean contains(GlobalFilter filter) {
		String name = filter.getClass().getName();
		return filter instanceof MeshCallFilter || filter instanceof MeshRoutingFilter || name.equals(NO_BALANCER)
				|| (name.startsWith(PACKAGE) && NAMES.contains(name.substring(PACKAGE.length())));
	}

}
