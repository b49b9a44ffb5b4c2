package io.meshup.gateway;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * An application's own web filter: keeps the attributes of each request that has passed.
 */
@Component
@ConditionalOnBooleanProperty("own-web-filter")
class OwnWebFilter implements WebFilter {

	final BlockingQueue<Map<String, Object>> passed = new LinkedBlockingQueue<>();

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return chain.filter(exchange).doOnSuccess((nothing) -> this.passed.add(Map.copyOf(exchange.getAttributes())));
	}

}
