package io.meshup.registry.store.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A real Redis in a container; one is shared by all tests that only differ in what they
 * keep in it.
 */
final class RedisContainer extends GenericContainer<RedisContainer> {

	static final int PORT = 6379;

	private static final DockerImageName IMAGE = DockerImageName.parse("redis:8-alpine");

	private RedisContainer(String... options) {
		super(IMAGE);
		List<String> command = new ArrayList<>(List.of("redis-server"));
		command.addAll(Arrays.asList(options));
		setCommand(command.toArray(String[]::new));
		withExposedPorts(PORT);
	}

	static RedisContainer shared() {
		return Shared.REDIS;
	}

	static RedisContainer started(String... options) {
		RedisContainer redis = new RedisContainer(options);
		redis.start();
		return redis;
	}

	int port() {
		return getMappedPort(PORT);
	}

	String cli(String... words) {
		List<String> command = new ArrayList<>(List.of("redis-cli"));
		command.addAll(Arrays.asList(words));
		try {
			Container.ExecResult result = execInContainer(command.toArray(String[]::new));
			return result.getStdout() + result.getStderr();
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static final class Shared {

		static final RedisContainer REDIS = started();

	}

}
