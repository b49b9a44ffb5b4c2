package io.meshup.spring.blocking;

import io.meshup.spring.client.HostScope;
import io.meshup.spring.setting.MeshProperties.Intercept;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Finds the blocking clients among the application's beans, also those that were built by
 * hand, and the load-balanced ones among them.
 */
final class BlockingClientPostProcessor implements BeanPostProcessor {

	private final ObjectProvider<BlockingClients> clients;

	private final Intercept intercept;

	private final ListableBeanFactory beans;

	BlockingClientPostProcessor(ObjectProvider<BlockingClients> clients, Intercept intercept,
			ListableBeanFactory beans) {
		this.clients = clients;
		this.intercept = intercept;
		this.beans = beans;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof RestClient.Builder builder) {
			HostScope scope = scope(name);
			return (scope != null) ? this.clients.getObject().keepEntrance(builder, scope) : bean;
		}
		if (bean instanceof RestTemplate template) {
			HostScope scope = scope(name);
			if (scope != null) {
				this.clients.getObject().enter(template, scope);
			}
		}
		return bean;
	}

	private @Nullable HostScope scope(String name) {
		if (this.beans.containsBean(name) && this.beans.findAnnotationOnBean(name, LoadBalanced.class) != null) {
			return HostScope.ANY;
		}
		return (this.intercept == Intercept.ALL) ? HostScope.KNOWN : null;
	}

}
