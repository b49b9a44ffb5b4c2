package io.meshup.registry.history.node;

import java.nio.file.Path;
import java.util.List;

import io.meshup.registry.store.redis.fault.FaultyWay;

/**
 * What nodes of one registry are started with.
 *
 * @param registry the name that keeps it apart from others in the same Redis
 * @param directory where each node has a data directory
 */
public record NodeSettings(String registry, Path directory) {

	public static final String PASSWORD = "a-password-for-tests";

	public static final String TOKEN = "a-token-for-tests";

	String[] arguments(String node, int port, FaultyWay way) {
		return List.of("--server.port=" + port, "--server.shutdown=immediate", "--mesh.registry.store=redis",
				"--mesh.registry.redis.name=" + this.registry, "--mesh.registry.redis.start-timeout=30s",
				"--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + way.port(),
				"--mesh.registry.data-dir=" + this.directory.resolve(node),
				"--mesh.registry.history.max-versions=100000", "--mesh.registry.security.admin-password=" + PASSWORD,
				"--mesh.registry.security.join-token=" + TOKEN, "--mesh.registry.limits.requests-per-second=100000",
				"--mesh.registry.limits.burst=100000")
			.toArray(String[]::new);
	}

}
