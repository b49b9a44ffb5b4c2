package io.meshup.registry.store.redis.node;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.meshup.registry.store.Nodes;
import io.meshup.registry.store.SharedLease;
import io.meshup.registry.store.redis.connection.Reach;
import io.meshup.registry.store.redis.feed.SharedState;

/**
 * This node among those that share a Redis. Thread-safe.
 */
public final class RedisNodes implements Nodes {

	private final String self;

	private final SharedState state;

	private final NodeTable table;

	private final Reach reach;

	private final Sharer.Outbox outbox;

	private final List<Runnable> onReload = new CopyOnWriteArrayList<>();

	public RedisNodes(String self, SharedState state, NodeTable table, Reach reach, Sharer.Outbox outbox) {
		this.self = self;
		this.state = state;
		this.table = table;
		this.reach = reach;
		this.outbox = outbox;
	}

	@Override
	public String self() {
		return this.self;
	}

	@Override
	public Set<String> others() {
		return this.table.others();
	}

	@Override
	public boolean isConnected() {
		return this.reach.isConnected();
	}

	@Override
	public void share(List<SharedLease> rows) {
		this.outbox.touches().add(rows);
		this.outbox.work().release();
	}

	@Override
	public List<SharedLease> leases() {
		return this.state.leases();
	}

	@Override
	public void onReloaded(Runnable listener) {
		this.state.inOneMoment(() -> {
			this.onReload.add(listener);
			listener.run();
		});
	}

	public void reloaded() {
		this.state.leases().forEach((lease) -> this.table.suppose(lease.node()));
		this.state.inOneMoment(() -> this.onReload.forEach(Runnable::run));
	}

	@Override
	public void tell(String topic, byte[] news) {
		this.outbox.news().tell(topic, news);
		this.outbox.work().release();
	}

	@Override
	public boolean isWaiting(String topic) {
		return this.outbox.news().isWaiting(topic);
	}

	@Override
	public void listen(String topic, BiConsumer<String, byte[]> listener) {
		this.outbox.news().listen(topic, listener);
	}

	@Override
	public void onNodeLost(Consumer<String> listener) {
		this.table.onLost(listener);
	}

}
