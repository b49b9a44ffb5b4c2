package io.meshup.gateway.direct;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.meshup.gateway.MeshGatewayProperties;
import io.meshup.gateway.edge.PassingHeaders;
import io.meshup.gateway.routing.KnownFilters;
import io.meshup.gateway.routing.ServiceRoutes;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.event.RefreshRoutesResultEvent;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;

/**
 * Knows which requests an application's own additions to the gateway must see: routes,
 * filters, handlers of its own. Looks again whenever the routes change. Thread-safe.
 */
@Component
final class Detours implements ApplicationListener<RefreshRoutesResultEvent> {

	private final RouteLocator routes;

	private final ObjectProvider<GlobalFilter> filters;

	private final ObjectProvider<HandlerMapping> handlers;

	private final ObjectProvider<GlobalCorsProperties> cors;

	private final PassingHeaders headers;

	private final RequestTimers timers;

	private final boolean allowed;

	private final AtomicReference<@Nullable StraightWay> way = new AtomicReference<>();

	@SuppressWarnings("checkstyle:ParameterNumber")
	Detours(RouteLocator routes, ObjectProvider<GlobalFilter> filters, ObjectProvider<HandlerMapping> handlers,
			ObjectProvider<GlobalCorsProperties> cors, PassingHeaders headers, RequestTimers timers,
			MeshGatewayProperties properties) {
		this.routes = routes;
		this.filters = filters;
		this.handlers = handlers;
		this.cors = cors;
		this.headers = headers;
		this.timers = timers;
		this.allowed = properties.straightWay();
	}

	@Override
	public void onApplicationEvent(RefreshRoutesResultEvent event) {
		this.routes.getRoutes().collectList().onErrorReturn(List.of()).subscribe((all) -> this.way.set(way(all)));
	}

	/**
	 * The straight way.
	 * @return {@code null} when every request must go round
	 */
	@Nullable StraightWay way() {
		return this.way.get();
	}

	private @Nullable StraightWay way(List<Route> all) {
		boolean plain = this.allowed && all.size() == 1 && ServiceRoutes.isMesh(all.get(0))
				&& this.filters.stream().allMatch((filter) -> KnownFilters.contains(filter))
				&& !this.headers.areFiltered() && !this.timers.areTaggedByOthers()
				&& this.cors.stream().allMatch((each) -> each.getCorsConfigurations().isEmpty());
		return plain ? taken().map((taken) -> new StraightWay(all.get(0), taken)).orElse(null) : null;
	}

	// First segments of paths that are handled before the gateway is asked; nothing when
	// they are unknown.
	private Optional<Set<String>> taken() {
		List<HandlerMapping> before = this.handlers.orderedStream()
			.takeWhile((mapping) -> !(mapping instanceof RoutePredicateHandlerMapping))
			.toList();
		List<Optional<Stream<String>>> segments = before.stream().map(HandledPaths::segments).toList();
		return segments.stream().allMatch(Optional::isPresent)
				? Optional.of(segments.stream().flatMap(Optional::get).collect(Collectors.toUnmodifiableSet()))
				: Optional.empty();
	}

}
