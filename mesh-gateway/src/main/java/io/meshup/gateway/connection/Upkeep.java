package io.meshup.gateway.connection;

import java.time.Duration;

import reactor.netty.resources.ConnectionProvider;

/**
 * When what nobody uses is given up. A pool is only unused once it is empty, so that
 * closed connections of an instance that is gone have to be looked for as well.
 *
 * @param eviction how often idle and closed connections are looked for
 * @param look how often unused pools are looked for
 * @param unused how long a pool is kept that has no connection
 */
record Upkeep(Duration eviction, Duration look, Duration unused) {

	private static final Duration EVICTION = Duration.ofSeconds(30);

	/**
	 * For the lives of instances.
	 * @param eviction as an operator set it, zero where not
	 * @return how long things are kept
	 */
	static Upkeep every(Duration eviction) {
		return new Upkeep(eviction.isZero() ? EVICTION : eviction, Duration.ofMinutes(1), Duration.ofMinutes(5));
	}

	ConnectionProvider.Builder applyTo(ConnectionProvider.Builder settings) {
		return settings.evictInBackground(this.eviction).disposeInactivePoolsInBackground(this.look, this.unused);
	}

}
