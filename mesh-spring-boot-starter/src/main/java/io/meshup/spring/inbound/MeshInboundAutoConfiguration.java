package io.meshup.spring.inbound;

import io.meshup.spring.MeshAutoConfiguration;
import io.meshup.spring.inbound.stream.OpenStreams;
import io.meshup.spring.inbound.stream.WebSocketPostProcessor;
import io.meshup.spring.report.MeshPart;
import io.meshup.traffic.door.InboundGate;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebFilter;

/**
 * Shows arriving requests to the gate, in servlet and in WebFlux applications.
 */
@AutoConfiguration(after = MeshAutoConfiguration.class)
@ConditionalOnBean(InboundGate.class)
public final class MeshInboundAutoConfiguration {

	@Bean
	OpenStreams meshOpenStreams() {
		return new OpenStreams();
	}

	@Bean
	LateCalls meshLateCalls() {
		return new LateCalls();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Filter.class, FilterRegistrationBean.class })
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class ServletInboundConfiguration {

		@Bean
		FilterRegistrationBean<MeshServletFilter> meshServletFilter(InboundGate gate, Environment environment) {
			ActuatorPath actuator = ActuatorPath.of(environment, "server.servlet.context-path",
					"spring.mvc.servlet.path");
			FilterRegistrationBean<MeshServletFilter> registration = new FilterRegistrationBean<>(
					new MeshServletFilter(new Watchman(gate, actuator)));
			registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
			registration.setOrder(Watchman.ORDER);
			return registration;
		}

		@Bean
		FilterRegistrationBean<DrainServletFilter> meshDrainServletFilter(OpenStreams streams, LateCalls late) {
			FilterRegistrationBean<DrainServletFilter> registration = new FilterRegistrationBean<>(
					new DrainServletFilter(streams, late));
			registration.setDispatcherTypes(DispatcherType.REQUEST);
			registration.setOrder(DrainServletFilter.ORDER);
			return registration;
		}

		@Bean
		MeshPart meshServletInboundPart() {
			return MeshPart.active("servlet-inbound",
					"Holds rate limits and counts requests that come from outside the mesh.");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebFilter.class)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class ReactiveInboundConfiguration {

		@Bean
		MeshWebFilter meshWebFilter(InboundGate gate, Environment environment) {
			return new MeshWebFilter(new Watchman(gate, ActuatorPath.of(environment, "spring.webflux.base-path")));
		}

		@Bean
		DrainWebFilter meshDrainWebFilter(OpenStreams streams, LateCalls late) {
			return new DrainWebFilter(streams, late);
		}

		@Bean
		static WebSocketPostProcessor meshWebSocketPostProcessor(ObjectProvider<OpenStreams> streams) {
			return new WebSocketPostProcessor(streams);
		}

		@Bean
		MeshPart meshReactiveInboundPart() {
			return MeshPart.active("reactive-inbound",
					"Holds rate limits and counts requests that come from outside the mesh.");
		}

	}

}
