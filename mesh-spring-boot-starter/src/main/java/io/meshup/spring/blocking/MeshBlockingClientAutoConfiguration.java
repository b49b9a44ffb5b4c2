package io.meshup.spring.blocking;

import io.meshup.spring.MeshAutoConfiguration;
import io.meshup.spring.blocking.call.BlockingCalls;
import io.meshup.spring.blocking.factory.MeshInterceptor;
import io.meshup.spring.client.ConditionalOnIntercept;
import io.meshup.spring.client.HostScope;
import io.meshup.spring.report.MeshPart;
import io.meshup.spring.setting.MeshProperties.Intercept;
import io.meshup.traffic.TrafficEngine;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.cloud.client.loadbalancer.LoadBalancerAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Brings RestClient, RestTemplate and HTTP interface clients into the mesh.
 */
@AutoConfiguration(after = MeshAutoConfiguration.class, before = LoadBalancerAutoConfiguration.class)
@ConditionalOnClass({ RestClient.class, RestTemplate.class })
@ConditionalOnBean(TrafficEngine.class)
@ConditionalOnIntercept(Intercept.LOAD_BALANCED)
public final class MeshBlockingClientAutoConfiguration {

	@Bean
	BlockingCalls meshBlockingCalls(ObjectProvider<TrafficEngine> engine) {
		return new BlockingCalls(engine);
	}

	@Bean
	BlockingClients meshBlockingClients(BlockingCalls calls) {
		return new BlockingClients(calls);
	}

	@Bean
	static BlockingClientPostProcessor meshBlockingClientPostProcessor(ObjectProvider<BlockingClients> clients,
			Environment environment, ListableBeanFactory beans) {
		Intercept intercept = Binder.get(environment)
			.bind("mesh.client.intercept", Intercept.class)
			.orElse(Intercept.ALL);
		return new BlockingClientPostProcessor(clients, intercept, beans);
	}

	@Bean
	@Primary
	MeshInterceptor meshLoadBalancerInterceptor(BlockingCalls calls) {
		return new MeshInterceptor(calls, HostScope.ANY);
	}

	@Bean
	MeshPart meshBlockingClientPart() {
		return MeshPart.active("blocking-clients", RestClientBuilderFactory.isReadable()
				? "RestClient, RestTemplate and HTTP interfaces are entered at their request factory; bodies stream."
				: "RestTemplate is entered at its request factory. This version of Spring hides the request factory of "
						+ "RestClient.Builder: RestClient is entered by an interceptor, which holds bodies in memory.");
	}

	/**
	 * What Spring Boot builds.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ RestClientCustomizer.class, RestTemplateBuilder.class })
	static class BootClients {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnIntercept(Intercept.ALL)
		RestClientCustomizer meshRestClientCustomizer(BlockingClients clients) {
			return (builder) -> clients.enter(builder, HostScope.KNOWN);
		}

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		@ConditionalOnIntercept(Intercept.ALL)
		RestTemplateCustomizer meshRestTemplateCustomizer(BlockingClients clients) {
			return (template) -> clients.enter(template, HostScope.KNOWN);
		}

		@Bean
		static LoadBalancedTemplateBuilders meshLoadBalancedTemplateBuilders(ObjectProvider<BlockingClients> clients,
				ListableBeanFactory beans) {
			return new LoadBalancedTemplateBuilders(clients, beans);
		}

	}

	/**
	 * Spring Boot's builder of templates where Spring Cloud LoadBalancer enters it too.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RestTemplateBuilder.class)
	static class LoadBalancedTemplates {

		@Bean
		@ConditionalOnMissingBean
		static SpringCloudTemplateBuilders meshSpringCloudTemplateBuilders(ObjectProvider<MeshInterceptor> interceptor,
				ApplicationContext context) {
			return new SpringCloudTemplateBuilders(interceptor, context);
		}

	}

	/**
	 * Apache's client.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HttpClientBuilder.class, HttpComponentsClientHttpRequestFactoryBuilder.class,
			ClientHttpRequestFactoryBuilderCustomizer.class })
	static class ApacheClient {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> meshApacheRetries() {
			return new ApacheRetriesCustomizer();
		}

	}

	/**
	 * A class because Boot finds the type of the builder by its type argument.
	 */
	private static final class ApacheRetriesCustomizer
			implements ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> {

		@Override
		public HttpComponentsClientHttpRequestFactoryBuilder customize(
				HttpComponentsClientHttpRequestFactoryBuilder builder) {
			return builder.withHttpClientCustomizer((client) -> client.setRetryStrategy(new ApacheRetries()));
		}

	}

	/**
	 * Stands in for Spring Cloud LoadBalancer, whose interceptors would hold bodies in
	 * memory.
	 */
	@Configuration(proxyBeanMethods = false)
	static class LoadBalancedClients {

		@Bean
		@ConditionalOnMissingBean
		static SpringCloudBuilders meshLoadBalancedRestClientBuilders(ObjectProvider<MeshInterceptor> interceptor,
				ApplicationContext context) {
			return new SpringCloudBuilders(interceptor, context);
		}

		@Bean
		@ConditionalOnMissingBean
		org.springframework.cloud.client.loadbalancer.RestTemplateCustomizer meshLoadBalancedRestTemplates(
				BlockingClients clients) {
			return (template) -> clients.enter(template, HostScope.ANY);
		}

	}

}
