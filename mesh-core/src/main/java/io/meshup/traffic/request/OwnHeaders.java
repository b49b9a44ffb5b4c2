package io.meshup.traffic.request;

import java.time.Duration;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The mesh's own headers of an attempt that is made while a request is served: what every
 * call to this instance says, what this request brought along, and what is left of its
 * time. The first two are kept elsewhere, so that none of it is made anew for each
 * attempt; whoever sends it writes one after the other. Immutable.
 */
final class OwnHeaders extends AbstractMap<String, String> {

	private final Map<String, String> callee;

	private final Map<String, String> carried;

	private final Duration left;

	/**
	 * Joins headers.
	 * @param callee what every call to this instance says
	 * @param carried what the request being served brought along, under other names
	 * @param left what is left of its time; zero where the callee's headers say it
	 */
	OwnHeaders(Map<String, String> callee, Map<String, String> carried, Duration left) {
		this.callee = callee;
		this.carried = carried;
		this.left = left;
	}

	@Override
	public void forEach(BiConsumer<? super String, ? super String> action) {
		this.callee.forEach(action);
		this.carried.forEach(action);
		if (!this.left.isZero()) {
			action.accept(MeshHeaders.TIMEOUT, MeshHeaders.millis(this.left));
		}
	}

	@Override
	public Set<Entry<String, String>> entrySet() {
		Map<String, String> all = new HashMap<>();
		forEach(all::put);
		return all.entrySet();
	}

}
