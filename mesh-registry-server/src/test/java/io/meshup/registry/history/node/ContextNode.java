package io.meshup.registry.history.node;

import java.time.Duration;
import java.util.function.UnaryOperator;

import io.meshup.registry.RegistryApplication;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.redis.RedisStore;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * A node within this process, which makes it quick to start. It dies by losing its way to
 * Redis and ending in the same moment, so that whatever it had sent stays in doubt.
 */
public final class ContextNode extends RegistryNode {

	private final UnaryOperator<MeshStore> planting;

	private ConfigurableApplicationContext context;

	public ContextNode(String name, NodeSettings settings) {
		this(name, settings, UnaryOperator.identity());
	}

	/**
	 * A node whose store is not what it should be.
	 * @param name its name
	 * @param settings what it is started with
	 * @param planting makes the store that the rest of the node meets of the right one
	 */
	public ContextNode(String name, NodeSettings settings, UnaryOperator<MeshStore> planting) {
		super(name, settings);
		this.planting = planting;
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
		this.context = new SpringApplicationBuilder(RegistryApplication.class, OwnThreads.class)
			.initializers(this::plant)
			.run(arguments);
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private void plant(ConfigurableApplicationContext starting) {
		((GenericApplicationContext) starting).registerBean("plantedStore", MeshStore.class,
				() -> this.planting.apply(starting.getBean(RedisStore.class)),
				(definition) -> definition.setPrimary(true));
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
