package io.meshup.gateway.direct;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.GatewayMetricsFilter;
import org.springframework.cloud.gateway.support.tagsprovider.GatewayHttpTagsProvider;
import org.springframework.cloud.gateway.support.tagsprovider.GatewayPathTagsProvider;
import org.springframework.cloud.gateway.support.tagsprovider.GatewayRouteTagsProvider;
import org.springframework.cloud.gateway.support.tagsprovider.GatewayTagsProvider;
import org.springframework.cloud.gateway.support.tagsprovider.PropertiesTagsProvider;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Times requests as {@link GatewayMetricsFilter} does, where it is there. Its tags are of
 * the one route, the method and the status only: each timer is looked up once.
 * Thread-safe.
 */
@Component
final class RequestTimers {

	private static final Set<Class<?>> KNOWN = Set.of(GatewayHttpTagsProvider.class, GatewayPathTagsProvider.class,
			GatewayRouteTagsProvider.class, PropertiesTagsProvider.class);

	private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.values());

	private final @Nullable MeterRegistry registry;

	private final String name;

	private final List<GatewayTagsProvider> tags;

	private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

	RequestTimers(ObjectProvider<GatewayMetricsFilter> filter, ObjectProvider<MeterRegistry> registry,
			ObjectProvider<GatewayTagsProvider> tags) {
		GatewayMetricsFilter asked = filter.getIfAvailable();
		this.registry = (asked != null) ? registry.getIfAvailable() : null;
		this.name = (asked != null) ? asked.getMetricsPrefix() + ".requests" : "";
		this.tags = tags.orderedStream().toList();
	}

	/**
	 * Whether an application brought tags of its own, which may tell any two requests
	 * apart.
	 * @return {@code false} when {@link #stop} counts what the filter would
	 */
	boolean areTaggedByOthers() {
		return this.registry != null && this.tags.stream().anyMatch((provider) -> !KNOWN.contains(provider.getClass()));
	}

	/**
	 * When a request began.
	 * @return the meters' time in nanoseconds
	 */
	long start() {
		return (this.registry != null) ? this.registry.config().clock().monotonicTime() : 0;
	}

	/**
	 * A request is about to be answered.
	 * @param exchange with the status of the answer
	 * @param start when it began
	 */
	void stop(ServerWebExchange exchange, long start) {
		MeterRegistry meters = this.registry;
		if (meters == null) {
			return;
		}
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		Key key = new Key(exchange.getRequest().getMethod(), (status != null) ? status.value() : 0);
		Timer timer = this.timers.get(key);
		if (timer == null) {
			timer = timer(meters, exchange);
			if (METHODS.contains(key.method()) && key.status() < 600) {
				this.timers.put(key, timer);
			}
		}
		timer.record(meters.config().clock().monotonicTime() - start, TimeUnit.NANOSECONDS);
	}

	private Timer timer(MeterRegistry meters, ServerWebExchange exchange) {
		Tags all = Tags.empty();
		for (GatewayTagsProvider provider : this.tags) {
			all = all.and(provider.apply(exchange));
		}
		return meters.timer(this.name, all);
	}

	/**
	 * What tells one timer from another.
	 *
	 * @param method of the request
	 * @param status of the answer
	 */
	private record Key(HttpMethod method, int status) {
	}

}
