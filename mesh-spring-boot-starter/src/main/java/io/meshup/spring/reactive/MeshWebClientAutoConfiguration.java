package io.meshup.spring.reactive;

import io.meshup.spring.MeshAutoConfiguration;
import io.meshup.spring.client.ConditionalOnIntercept;
import io.meshup.spring.client.GroupUrl;
import io.meshup.spring.client.HostScope;
import io.meshup.spring.report.MeshPart;
import io.meshup.spring.setting.MeshProperties.Intercept;
import io.meshup.traffic.TrafficEngine;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.http.client.autoconfigure.HttpClientProperties;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/**
 * Brings WebClient, and HTTP interfaces built on it, into the mesh.
 */
@AutoConfiguration(after = { MeshAutoConfiguration.class, HttpServiceClientPropertiesAutoConfiguration.class },
		before = ReactorLoadBalancerClientAutoConfiguration.class)
@ConditionalOnClass({ WebClient.class, Schedulers.class })
@ConditionalOnBean(TrafficEngine.class)
public final class MeshWebClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ReactiveDriver meshReactiveDriver() {
		return new ReactiveDriver(Schedulers.parallel());
	}

	/**
	 * The clients themselves; a gateway needs only the driver.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnIntercept(Intercept.LOAD_BALANCED)
	static class Clients {

		@Bean
		WebClients meshWebClients(ObjectProvider<TrafficEngine> engine, ReactiveDriver driver) {
			return new WebClients(engine, driver);
		}

		@Bean
		static WebClientPostProcessor meshWebClientPostProcessor(ObjectProvider<WebClients> clients,
				Environment environment, ListableBeanFactory beans) {
			Intercept intercept = Binder.get(environment)
				.bind("mesh.client.intercept", Intercept.class)
				.orElse(Intercept.ALL);
			return new WebClientPostProcessor(clients, intercept, beans);
		}

		@Bean
		@Primary
		MeshExchangeFilter meshLoadBalancedExchangeFilter(WebClients clients) {
			return clients.loadBalanced();
		}

		@Bean
		MeshPart meshWebClientPart() {
			return MeshPart.active("web-client", "WebClient is entered by an exchange filter; bodies stream.");
		}

	}

	/**
	 * What Spring Boot builds.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClientCustomizer.class)
	@ConditionalOnIntercept(Intercept.ALL)
	static class BootClients {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		WebClientCustomizer meshWebClientCustomizer(WebClients clients) {
			return (builder) -> clients.enter(builder, HostScope.KNOWN);
		}

	}

	/**
	 * Groups of HTTP interfaces without a base URL are called by their name.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HttpServiceClientProperties.class, WebClientHttpServiceGroupConfigurer.class })
	@ConditionalOnBean(HttpServiceClientProperties.class)
	@ConditionalOnIntercept(Intercept.LOAD_BALANCED)
	static class Groups {

		/** As Spring Cloud's own, after Boot's. */
		private static final int ORDER = 10;

		@Bean
		@Order(ORDER)
		WebClientHttpServiceGroupConfigurer meshWebClientGroups(WebClients clients,
				HttpServiceClientProperties properties) {
			return new LoadBalancedGroups(clients, properties, ORDER);
		}

	}

	/**
	 * Enters load-balanced groups.
	 *
	 * @param clients enters them
	 * @param properties tell their URLs
	 * @param getOrder where among the configurers
	 */
	private record LoadBalancedGroups(WebClients clients, HttpServiceClientProperties properties,
			int getOrder) implements WebClientHttpServiceGroupConfigurer {

		@Override
		public void configureGroups(Groups<WebClient.Builder> groups) {
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

}
