package io.meshup.gateway.connection;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/**
 * A pool of connections for each event loop: what a loop reads from a caller it writes to
 * an instance by itself, without waking another thread. Other threads share one pool.
 * Thread-safe.
 */
final class LoopConnections implements ConnectionProvider {

	private final ConnectionProvider shared;

	private final List<ConnectionProvider> pools = new CopyOnWriteArrayList<>();

	private final AtomicInteger made = new AtomicInteger();

	private final FastThreadLocal<ConnectionProvider> own = new FastThreadLocal<>() {
		@Override
		protected ConnectionProvider initialValue() {
			return pool();
		}

		@Override
		protected void onRemoval(ConnectionProvider pool) {
			LoopConnections.this.pools.remove(pool);
			pool.dispose();
		}
	};

	/**
	 * Makes pools.
	 * @param shared for threads that are no event loops, and the settings of all pools
	 */
	LoopConnections(ConnectionProvider shared) {
		this.shared = shared;
		this.pools.add(shared);
	}

	@Override
	public Mono<? extends Connection> acquire(TransportConfig config, ConnectionObserver observer,
			@Nullable Supplier<? extends SocketAddress> address, @Nullable AddressResolverGroup<?> resolvers) {
		boolean isLoop = Thread.currentThread() instanceof FastThreadLocalThread;
		return (isLoop ? this.own.get() : this.shared).acquire(config, observer, address, resolvers);
	}

	// Meters of two pools with one name would be one meter, of the first pool.
	private ConnectionProvider pool() {
		Builder settings = this.shared.mutate();
		ConnectionProvider pool = (settings != null)
				? settings.name(this.shared.name() + "-" + this.made.incrementAndGet()).build() : this.shared;
		this.pools.add(pool);
		return pool;
	}

	@Override
	public void disposeWhen(SocketAddress address) {
		this.pools.forEach((pool) -> pool.disposeWhen(address));
	}

	@Override
	public Mono<Void> disposeLater() {
		return Flux.fromIterable(this.pools).flatMap(ConnectionProvider::disposeLater).then();
	}

	@Override
	public void dispose() {
		this.pools.forEach(ConnectionProvider::dispose);
	}

	@Override
	public boolean isDisposed() {
		return this.shared.isDisposed();
	}

	@Override
	public int maxConnections() {
		return this.shared.maxConnections();
	}

	@Override
	public @Nullable Map<SocketAddress, Integer> maxConnectionsPerHost() {
		return this.shared.maxConnectionsPerHost();
	}

	@Override
	public @Nullable Builder mutate() {
		return this.shared.mutate();
	}

	@Override
	public @Nullable String name() {
		return this.shared.name();
	}

}
