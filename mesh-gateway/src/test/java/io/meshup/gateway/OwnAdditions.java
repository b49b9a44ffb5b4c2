package io.meshup.gateway;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * An application's own route and filter, found by the scan for components: in a class of
 * its own, because Boot's tests pass over configurations inside of test classes.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("own-additions")
class OwnAdditions {

	@Bean(destroyMethod = "disposeNow")
	DisposableServer ownServer() {
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.sendString(Mono.just("own " + request.uri())))
			.bindNow();
	}

	@Bean
	RouteLocator ownRoute(RouteLocatorBuilder builder, DisposableServer ownServer) {
		return builder.routes()
			.route("own", (route) -> route.path("/own/**").uri("http://127.0.0.1:" + ownServer.port()))
			.build();
	}

	@Bean
	HttpHeadersFilter ownHeaders() {
		return (input, exchange) -> {
			HttpHeaders changed = new HttpHeaders(input);
			changed.set("x-own-filter", "1");
			return changed;
		};
	}

	@Bean
	GlobalFilter ownFilter() {
		return (exchange, chain) -> chain.filter(exchange).then(Mono.fromRunnable(() -> {
			HttpStatusCode status = exchange.getResponse().getStatusCode();
			if (status != null && !exchange.getResponse().isCommitted()) {
				exchange.getResponse().getHeaders().set("x-after", String.valueOf(status.value()));
			}
		}));
	}

}
