package io.meshup.gateway.edge;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.meshup.gateway.MeshGatewayProperties;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.explain.ExplainMode;
import io.netty.util.AsciiString;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Takes the mesh's own headers off what comes from outside, before anything reads them:
 * nobody out there can claim to be a service, or choose a lane or ask for an explanation
 * unless that is allowed.
 */
@Component
final class MeshHeaderStripper implements WebFilter, Ordered {

	private static final String OWN = "x-mesh-";

	private static final String LANE = "x-mesh-lane";

	private static final String BAGGAGE = "baggage";

	private static final String LANE_MEMBER = "mesh.lane";

	private static final String EXPLAIN = "x-mesh-explain";

	private final boolean lanes;

	private final boolean explains;

	MeshHeaderStripper(MeshGatewayProperties properties, TrafficEngine engine) {
		this.lanes = properties.lanes().fromOutside();
		this.explains = engine.explained() != ExplainMode.NEVER;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (isClean(exchange)) {
			return chain.filter(exchange);
		}
		HttpHeaders headers = exchange.getRequest().getHeaders();
		List<String> forged = forged(headers);
		boolean laned = !this.lanes
				&& headers.getOrEmpty(BAGGAGE).stream().anyMatch((value) -> value.contains(LANE_MEMBER));
		if (forged.isEmpty() && !laned) {
			return chain.filter(exchange);
		}
		return chain.filter(exchange.mutate().request((request) -> request.headers((kept) -> {
			forged.forEach(kept::remove);
			if (laned) {
				withoutLane(kept);
			}
		})).build());
	}

	// Spring notes the name of each filter for each request.
	@Override
	public String toString() {
		return "MeshHeaderStripper";
	}

	// As it came over the wire, without copies; nearly all requests have nothing of ours.
	private static boolean isClean(ServerWebExchange exchange) {
		if (!(exchange.getResponse().bufferFactory() instanceof NettyDataBufferFactory
				&& exchange.getRequest() instanceof AbstractServerHttpRequest request
				&& request.getNativeRequest() instanceof HttpServerRequest wire)) {
			return false;
		}
		Iterator<Map.Entry<CharSequence, CharSequence>> each = wire.requestHeaders().iteratorCharSequence();
		while (each.hasNext()) {
			CharSequence name = each.next().getKey();
			if (AsciiString.regionMatches(name, true, 0, OWN, 0, OWN.length())
					|| AsciiString.contentEqualsIgnoreCase(name, BAGGAGE)) {
				return false;
			}
		}
		return true;
	}

	private List<String> forged(HttpHeaders headers) {
		return headers.headerNames().stream().filter(this::isForged).toList();
	}

	private boolean isForged(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		return lower.startsWith(OWN) && !(this.lanes && lower.equals(LANE))
				&& !(this.explains && lower.equals(EXPLAIN));
	}

	private static void withoutLane(HttpHeaders headers) {
		List<String> others = headers.getOrEmpty(BAGGAGE)
			.stream()
			.flatMap((value) -> Arrays.stream(value.split(",")))
			.map(String::strip)
			.filter((member) -> !member.split("[=;]", 2)[0].strip().equals(LANE_MEMBER))
			.toList();
		if (others.isEmpty()) {
			headers.remove(BAGGAGE);
		}
		else {
			headers.set(BAGGAGE, String.join(",", others));
		}
	}

}
