package io.meshup.spring.blocking;

import io.meshup.spring.client.HostScope;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;

/**
 * Makes the templates of a {@code @LoadBalanced} RestTemplateBuilder load-balanced.
 */
final class LoadBalancedTemplateBuilders implements BeanPostProcessor {

	private final ObjectProvider<BlockingClients> clients;

	private final ListableBeanFactory beans;

	LoadBalancedTemplateBuilders(ObjectProvider<BlockingClients> clients, ListableBeanFactory beans) {
		this.clients = clients;
		this.beans = beans;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof RestTemplateBuilder builder && this.beans.containsBean(name)
				&& this.beans.findAnnotationOnBean(name, LoadBalanced.class) != null) {
			return builder.additionalCustomizers((template) -> this.clients.getObject().enter(template, HostScope.ANY));
		}
		return bean;
	}

}
