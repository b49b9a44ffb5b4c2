package io.meshup.registry.store.embedded;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.meshup.registry.store.NodeName;
import io.meshup.registry.store.Nodes;
import io.meshup.registry.store.SharedLease;

/**
 * The one node of a registry with a store of its own: what it shares is published here,
 * and there is nobody else. Thread-safe.
 */
final class LoneNode implements Nodes {

	private final String self = NodeName.ofThisRun();

	private final Consumer<List<SharedLease>> publication;

	LoneNode(Consumer<List<SharedLease>> publication) {
		this.publication = publication;
	}

	@Override
	public String self() {
		return this.self;
	}

	@Override
	public Set<String> others() {
		return Set.of();
	}

	@Override
	public boolean isConnected() {
		return true;
	}

	@Override
	public void share(List<SharedLease> rows) {
		this.publication.accept(rows);
	}

	@Override
	public List<SharedLease> leases() {
		return List.of();
	}

	@Override
	public void onReloaded(Runnable listener) {
		// Nothing is ever lost, so once will do.
		listener.run();
	}

	@Override
	public void tell(String topic, byte[] news) {
		// Nobody else is there.
	}

	@Override
	public void listen(String topic, BiConsumer<String, byte[]> listener) {
		// Nobody else is there.
	}

	@Override
	public void onNodeLost(Consumer<String> listener) {
		// No other node can be lost.
	}

}
