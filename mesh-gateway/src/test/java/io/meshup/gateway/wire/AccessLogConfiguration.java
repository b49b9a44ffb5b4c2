package io.meshup.gateway.wire;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import reactor.netty.http.server.logging.AccessLog;
import reactor.netty.http.server.logging.AccessLogArgProvider;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Configuration;

/**
 * An application that has an access log of Reactor Netty's server.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("access-log")
class AccessLogConfiguration implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	final BlockingQueue<String> entries = new LinkedBlockingQueue<>();

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers((server) -> server.accessLog(true, this::entry));
	}

	private AccessLog entry(AccessLogArgProvider request) {
		this.entries.add("%s %s %s %s %d".formatted(request.method(), request.uri(),
				request.requestHeader("user-agent"), request.status(), request.contentLength()));
		return AccessLog.create("{}", request.uri());
	}

}
