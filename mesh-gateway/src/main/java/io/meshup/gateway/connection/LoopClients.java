package io.meshup.gateway.connection;

import java.util.List;

import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Spring Cloud Gateway's own client with {@link LoopConnections}. Where the pool has a
 * limit, or HTTP/2 shares connections by itself, it stays one pool.
 */
@Configuration(proxyBeanMethods = false)
class LoopClients {

	@Bean
	@ConditionalOnMissingBean({ HttpClient.class, HttpClientFactory.class })
	HttpClientFactory loopHttpClientFactory(HttpClientProperties properties, ServerProperties server,
			List<HttpClientCustomizer> customizers, HttpClientSslConfigurer ssl) {
		boolean isSplit = properties.getPool().getType() == HttpClientProperties.Pool.PoolType.ELASTIC
				&& !server.getHttp2().isEnabled();
		Upkeep upkeep = Upkeep.every(properties.getPool().getEvictionInterval());
		return new HttpClientFactory(properties, server, ssl, customizers) {
			@Override
			protected ConnectionProvider buildConnectionProvider(HttpClientProperties settings) {
				ConnectionProvider one = super.buildConnectionProvider(settings);
				ConnectionProvider.Builder pools = isSplit ? one.mutate() : null;
				return (pools != null) ? new LoopConnections(upkeep.applyTo(pools).build()) : one;
			}
		};
	}

}
