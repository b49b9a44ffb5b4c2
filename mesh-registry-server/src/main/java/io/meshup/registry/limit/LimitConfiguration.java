package io.meshup.registry.limit;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Puts the limits in place.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RegistryLimits.class)
public class LimitConfiguration {

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	CodecCustomizer bodyLimit(RegistryLimits limits) {
		return (codecs) -> codecs.defaultCodecs().maxInMemorySize(limits.bodyBytes());
	}

	@Bean
	NettyServerCustomizer connectionPace(RegistryLimits limits) {
		return (server) -> server.doOnBound((bound) -> bound.channel()
			.pipeline()
			.addFirst(new AcceptPace(limits.connectionsPerSecond(), System::nanoTime)));
	}

}
