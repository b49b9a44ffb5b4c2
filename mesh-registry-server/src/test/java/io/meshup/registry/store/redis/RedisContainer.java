package io.meshup.registry.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import io.meshup.registry.store.redis.connection.RedisKeys;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A real Redis in a container; one is shared by all tests that only differ in what they
 * keep in it.
 */
public final class RedisContainer extends GenericContainer<RedisContainer> {

	static final int PORT = 6379;

	private static final DockerImageName IMAGE = DockerImageName.parse("redis:8-alpine");

	private int port;

	private RedisContainer(String... options) {
		super(IMAGE);
		List<String> command = new ArrayList<>(List.of("redis-server"));
		command.addAll(Arrays.asList(options));
		setCommand(command.toArray(String[]::new));
		withExposedPorts(PORT);
	}

	/**
	 * The one for all who keep to a name of their own.
	 * @return started
	 */
	public static RedisContainer shared() {
		return Shared.REDIS;
	}

	public static RedisContainer started(String... options) {
		RedisContainer redis = new RedisContainer(options);
		redis.start();
		return redis;
	}

	/**
	 * One that speaks TLS only.
	 * @param own what it shows
	 * @return started
	 */
	public static RedisContainer startedOverTls(ExpiredCertificate own) {
		RedisContainer redis = new RedisContainer("--port", "0", "--tls-port", Integer.toString(PORT),
				"--tls-cert-file", "/tls/own.pem", "--tls-key-file", "/tls/key.pem", "--tls-ca-cert-file",
				"/tls/ca.pem", "--tls-auth-clients", "no");
		redis.withCopyToContainer(Transferable.of(own.certificate(), 0644), "/tls/own.pem");
		redis.withCopyToContainer(Transferable.of(own.key(), 0644), "/tls/key.pem");
		redis.withCopyToContainer(Transferable.of(own.authority(), 0644), "/tls/ca.pem");
		redis.start();
		return redis;
	}

	/**
	 * Where it is reached.
	 * @return the port on {@link #getHost()}
	 */
	public int port() {
		return (this.port > 0) ? this.port : getMappedPort(PORT);
	}

	public String cli(String... words) {
		List<String> command = new ArrayList<>(List.of("redis-cli"));
		command.addAll(Arrays.asList(words));
		return run(command.toArray(String[]::new));
	}

	/**
	 * How many changes a registry has written that lives here.
	 * @param name its name
	 * @return the length of its log
	 */
	public long entries(String name) {
		return Long.parseLong(cli("xlen", new RedisKeys(name).changes()).trim());
	}

	private String run(String... command) {
		try {
			Container.ExecResult result = execInContainer(command);
			return result.getStdout() + result.getStderr();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Takes its files away.
	 */
	public void forget() {
		run("rm", "-rf", "/data/appendonlydir", "/data/dump.rdb");
	}

	/**
	 * Ends Redis without a word.
	 */
	public void kill() {
		getDockerClient().killContainerCmd(getContainerId()).exec();
	}

	/**
	 * Starts it again with what its disk has.
	 * @return its new port
	 */
	public int startAgain() {
		getDockerClient().startContainerCmd(getContainerId()).exec();
		Ports ports = getDockerClient().inspectContainerCmd(getContainerId()).exec().getNetworkSettings().getPorts();
		Ports.Binding[] bindings = ports.getBindings().get(ExposedPort.tcp(PORT));
		this.port = Integer.parseInt(bindings[0].getHostPortSpec());
		return this.port;
	}

	private static final class Shared {

		static final RedisContainer REDIS = started();

	}

}
