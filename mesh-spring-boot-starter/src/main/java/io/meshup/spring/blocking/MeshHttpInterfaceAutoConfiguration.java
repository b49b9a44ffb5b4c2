package io.meshup.spring.blocking;

import io.meshup.spring.client.ConditionalOnIntercept;
import io.meshup.spring.client.HostScope;
import io.meshup.spring.setting.MeshProperties.Intercept;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.DeferringLoadBalancerInterceptor;
import org.springframework.cloud.client.loadbalancer.LoadBalancerAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRestClientHttpServiceGroupConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/**
 * Brings groups of HTTP interfaces into the mesh that are built on RestClient.
 */
@AutoConfiguration(
		after = { MeshBlockingClientAutoConfiguration.class, HttpServiceClientPropertiesAutoConfiguration.class },
		before = LoadBalancerAutoConfiguration.class)
@ConditionalOnClass({ HttpServiceClientProperties.class, RestClientHttpServiceGroupConfigurer.class })
@ConditionalOnBean({ BlockingClients.class, HttpServiceClientProperties.class })
public final class MeshHttpInterfaceAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(LoadBalancerRestClientHttpServiceGroupConfigurer.class)
	LoadBalancedGroups meshLoadBalancedGroups(ObjectProvider<DeferringLoadBalancerInterceptor> interceptor,
			HttpServiceClientProperties properties, BlockingClients clients) {
		return new LoadBalancedGroups(interceptor, properties, clients);
	}

	@Bean
	@ConditionalOnIntercept(Intercept.ALL)
	RestClientHttpServiceGroupConfigurer meshGroups(BlockingClients clients) {
		return (groups) -> groups.forEachClient((group, builder) -> clients.enter(builder, HostScope.KNOWN));
	}

}
