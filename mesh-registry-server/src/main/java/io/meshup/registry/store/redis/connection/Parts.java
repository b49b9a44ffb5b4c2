package io.meshup.registry.store.redis.connection;

import java.util.function.Supplier;

/**
 * What each thread of the store works with.
 *
 * @param server where the master is
 * @param line the thread's own connection
 * @param keys the names in Redis
 * @param ids makes ids of changes
 * @param properties how Redis is used
 */
public record Parts(RedisServer server, RedisLine line, RedisKeys keys, Supplier<String> ids,
		RedisProperties properties) {

	public Parts withOwnLine() {
		return new Parts(this.server, new RedisLine(this.server::connect, this.properties.commandTimeout()), this.keys,
				this.ids, this.properties);
	}

}
