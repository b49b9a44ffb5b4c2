package io.meshup.registry.history.node;

import java.time.Duration;

import io.meshup.registry.RegistryApplication;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * A node within this process, which makes it quick to start. It dies by losing its way to
 * Redis and ending in the same moment, so that whatever it had sent stays in doubt.
 */
public final class ContextNode extends RegistryNode {

	private ConfigurableApplicationContext context;

	public ContextNode(String name, NodeSettings settings) {
		super(name, settings);
		start();
	}

	@Override
	void kill() {
		way().refuse();
		this.context.close();
	}

	@Override
	int run(String... arguments) {
		way().speakAgain();
		this.context = new SpringApplicationBuilder(RegistryApplication.class, OwnThreads.class).run(arguments);
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	@Override
	void freeze(boolean still) {
		throw new UnsupportedOperationException("Only a process of its own can stand still");
	}

	@Override
	public void close() {
		this.context.close();
		way().close();
	}

	/**
	 * Else the end of one server takes the event loops of all with it.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnThreads {

		@Bean
		@Primary
		ReactorResourceFactory ownThreads() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			resources.setShutdownTimeout(Duration.ofSeconds(1));
			return resources;
		}

	}

}
