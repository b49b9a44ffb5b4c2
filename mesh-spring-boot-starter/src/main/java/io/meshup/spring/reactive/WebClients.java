package io.meshup.spring.reactive;

import java.util.List;

import io.meshup.spring.client.HostScope;
import io.meshup.traffic.TrafficEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Puts the entrance to the mesh into WebClient builders, once each. Thread-safe.
 */
final class WebClients {

	private static final Logger logger = LoggerFactory.getLogger(WebClients.class);

	private static final boolean NETTY_PRESENT = ClassUtils.isPresent("reactor.netty.http.client.HttpClient",
			WebClients.class.getClassLoader());

	private final MeshExchangeFilter known;

	private final MeshExchangeFilter any;

	WebClients(ObjectProvider<TrafficEngine> engine, ReactiveDriver driver) {
		this.known = new MeshExchangeFilter(engine, driver, HostScope.KNOWN);
		this.any = new MeshExchangeFilter(engine, driver, HostScope.ANY);
	}

	/**
	 * The filter for load-balanced clients.
	 * @return the filter
	 */
	MeshExchangeFilter loadBalanced() {
		return this.any;
	}

	void enter(WebClient.Builder builder, HostScope scope) {
		MeshExchangeFilter filter = (scope == HostScope.ANY) ? this.any : this.known;
		builder.filters((filters) -> add(filters, filter));
		limit(builder);
	}

	// What the application sets later keeps its own limit, or none.
	private static void limit(WebClient.Builder builder) {
		try {
			DirectFieldAccessor fields = new DirectFieldAccessor(builder);
			if (fields.getPropertyValue("connector") instanceof ClientHttpConnector connector) {
				builder.clientConnector(MeshConnector.around(connector));
			}
			else if (NETTY_PRESENT) {
				builder.clientConnector(MeshConnector.around(new ReactorClientHttpConnector()));
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The connector of {} cannot be read; its connections have no limit", builder.getClass(), ex);
		}
	}

	private void add(List<ExchangeFilterFunction> filters, MeshExchangeFilter filter) {
		if (filters.contains(this.any) || filters.contains(filter)) {
			return;
		}
		filters.remove(this.known);
		filters.add(filter);
	}

}
