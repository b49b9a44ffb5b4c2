package io.meshup.spring.reactive;

import io.meshup.spring.client.HostScope;
import io.meshup.spring.setting.MeshProperties.Intercept;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Finds the WebClient builders among the application's beans, also those that were made
 * by hand, and the load-balanced ones among them.
 */
final class WebClientPostProcessor implements BeanPostProcessor {

	private final ObjectProvider<WebClients> clients;

	private final Intercept intercept;

	private final ListableBeanFactory beans;

	WebClientPostProcessor(ObjectProvider<WebClients> clients, Intercept intercept, ListableBeanFactory beans) {
		this.clients = clients;
		this.intercept = intercept;
		this.beans = beans;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (!(bean instanceof WebClient.Builder builder)) {
			return bean;
		}
		if (this.beans.containsBean(name) && this.beans.findAnnotationOnBean(name, LoadBalanced.class) != null) {
			this.clients.getObject().enter(builder, HostScope.ANY);
		}
		else if (this.intercept == Intercept.ALL) {
			this.clients.getObject().enter(builder, HostScope.KNOWN);
		}
		return bean;
	}

}
