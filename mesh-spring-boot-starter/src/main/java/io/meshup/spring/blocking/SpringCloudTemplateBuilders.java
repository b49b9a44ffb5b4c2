package io.meshup.spring.blocking;

import io.meshup.spring.blocking.factory.MeshInterceptor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRestTemplateBuilderBeanPostProcessor;
import org.springframework.context.ApplicationContext;

/**
 * Takes the place of Spring Cloud's own post-processor, which would add an interceptor to
 * {@code @LoadBalanced} builders of templates; {@link LoadBalancedTemplateBuilders}
 * enters them.
 */
final class SpringCloudTemplateBuilders extends LoadBalancerRestTemplateBuilderBeanPostProcessor<MeshInterceptor> {

	SpringCloudTemplateBuilders(ObjectProvider<MeshInterceptor> interceptor, ApplicationContext context) {
		super(interceptor, context);
	}

	@Override
	protected boolean isSupported(Object bean) {
		return false;
	}

}
