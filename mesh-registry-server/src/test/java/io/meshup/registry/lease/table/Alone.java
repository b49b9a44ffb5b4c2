package io.meshup.registry.lease.table;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.meshup.registry.store.Nodes;
import io.meshup.registry.store.SharedLease;

/**
 * The only node.
 */
public final class Alone implements Nodes {

	@Override
	public String self() {
		return "alone";
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
		throw new IllegalStateException("the test publishes what is shared: " + rows);
	}

	@Override
	public List<SharedLease> leases() {
		return List.of();
	}

	@Override
	public void onReloaded(Runnable listener) {
		listener.run();
	}

	@Override
	public void tell(String topic, byte[] news) {
		// To nobody.
	}

	@Override
	public void listen(String topic, BiConsumer<String, byte[]> listener) {
		// Nobody speaks.
	}

	@Override
	public void onNodeLost(Consumer<String> listener) {
		// Never.
	}

}
