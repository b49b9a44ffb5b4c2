package io.meshup.spring.blocking;

import io.meshup.spring.client.GroupUrl;
import io.meshup.spring.client.HostScope;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.autoconfigure.HttpClientProperties;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.cloud.client.loadbalancer.DeferringLoadBalancerInterceptor;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRestClientHttpServiceGroupConfigurer;
import org.springframework.web.client.RestClient;

/**
 * Calls groups of HTTP interfaces without a base URL by their name. Takes the place of
 * Spring Cloud's configurer, which would add an interceptor.
 */
final class LoadBalancedGroups extends LoadBalancerRestClientHttpServiceGroupConfigurer {

	private final HttpServiceClientProperties properties;

	private final BlockingClients clients;

	LoadBalancedGroups(ObjectProvider<DeferringLoadBalancerInterceptor> interceptor,
			HttpServiceClientProperties properties, BlockingClients clients) {
		super(interceptor, properties);
		this.properties = properties;
		this.clients = clients;
	}

	@Override
	public void configureGroups(Groups<RestClient.Builder> groups) {
		groups.forEachClient((group, builder) -> {
			HttpClientProperties settings = this.properties.get(group.name());
			String url = GroupUrl.of(group.name(), (settings != null) ? settings.getBaseUrl() : null);
			if (url != null) {
				builder.baseUrl(url);
				this.clients.enter(builder, HostScope.ANY);
			}
		});
	}

}
