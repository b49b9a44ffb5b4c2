package io.meshup.registry.history;

import java.net.URI;
import java.time.Duration;

import io.meshup.registry.RegistryApplication;
import io.meshup.registry.store.redis.FaultyWay;
import io.meshup.registry.store.redis.RedisContainer;

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
final class ContextNode implements RegistryNode {

	private final String name;

	private final NodeSettings settings;

	private final FaultyWay way;

	private ConfigurableApplicationContext context;

	private int port;

	ContextNode(String name, NodeSettings settings) {
		this.name = name;
		this.settings = settings;
		this.way = new FaultyWay(RedisContainer.shared().getHost(), RedisContainer.shared().port());
		start();
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	@Override
	public FaultyWay way() {
		return this.way;
	}

	@Override
	public void kill() {
		this.way.refuse();
		this.context.close();
	}

	@Override
	public void start() {
		this.way.speakAgain();
		this.context = new SpringApplicationBuilder(RegistryApplication.class, OwnThreads.class)
			.run(this.settings.arguments(this.name, this.port, this.way));
		this.port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	@Override
	public void freeze(boolean still) {
		throw new UnsupportedOperationException("Only a process of its own can stand still");
	}

	@Override
	public void close() {
		this.context.close();
		this.way.close();
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
