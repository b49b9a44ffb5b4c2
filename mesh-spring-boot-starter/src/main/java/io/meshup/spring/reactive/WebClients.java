package io.meshup.spring.reactive;

import java.util.List;

import io.meshup.spring.client.HostScope;
import io.meshup.traffic.TrafficEngine;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Puts the entrance to the mesh into WebClient builders, once each. Thread-safe.
 */
final class WebClients {

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
	}

	private void add(List<ExchangeFilterFunction> filters, MeshExchangeFilter filter) {
		if (filters.contains(this.any) || filters.contains(filter)) {
			return;
		}
		filters.remove(this.known);
		filters.add(filter);
	}

}
