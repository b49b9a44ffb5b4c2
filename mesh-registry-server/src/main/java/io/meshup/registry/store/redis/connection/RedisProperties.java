package io.meshup.registry.store.redis.connection;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the registry uses its Redis; where that is, is said under
 * {@code spring.data.redis}.
 *
 * @param name keeps several registries in one Redis apart: a part of every key
 * @param replicas how many replicas must have a change of rules before it is acknowledged
 * @param commandTimeout how long one command may take
 * @param writeTimeout how long a change of rules may take before it is given up
 * @param startTimeout how long a start waits for Redis
 * @param nodeLease after this time without a sign of life a node counts as lost
 */
@ConfigurationProperties("mesh.registry.redis")
public record RedisProperties(@DefaultValue("mesh") String name, @DefaultValue("0") int replicas,
		@DefaultValue("500ms") Duration commandTimeout, @DefaultValue("900ms") Duration writeTimeout,
		@DefaultValue("4s") Duration startTimeout, @DefaultValue("3s") Duration nodeLease) {

	public RedisProperties {
		if (!name.matches("[a-z0-9-]{1,63}")) {
			throw new IllegalArgumentException(
					"'mesh.registry.redis.name' must be [a-z0-9-]{1,63} but was '" + name + "'");
		}
		if (replicas < 0 || replicas > 100) {
			throw new IllegalArgumentException("'mesh.registry.redis.replicas' must be 0 to 100 but was " + replicas);
		}
		requireBetween("command-timeout", commandTimeout, Duration.ofSeconds(10));
		requireBetween("write-timeout", writeTimeout, Duration.ofSeconds(60));
		requireBetween("start-timeout", startTimeout, Duration.ofMinutes(10));
		requireBetween("node-lease", nodeLease, Duration.ofSeconds(60));
	}

	private static void requireBetween(String name, Duration value, Duration most) {
		if (value.compareTo(Duration.ofMillis(50)) < 0 || value.compareTo(most) > 0) {
			throw new IllegalArgumentException("'mesh.registry.redis." + name + "' must be 50ms to " + most.toSeconds()
					+ "s but was " + value.toMillis() + "ms");
		}
	}

}
