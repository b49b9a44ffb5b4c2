package io.meshup.registry.watch.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

import io.meshup.registry.watch.image.Change;
import org.jspecify.annotations.Nullable;

/**
 * What a watcher has not got yet: at most one entry per service, however slowly it reads.
 * <p>
 * Whoever has got revision N has got everything up to N. So a service that changed at 7
 * and again at 15, while another changed at 9, is sent (as it is now) as 7, then the
 * other as 9, then it again as 15: a change is never overtaken by a higher number. Of
 * several services that share a revision, as all do after a start, only the last is sent
 * as it, those before as one less. Not thread-safe.
 */
final class PendingChanges {

	private final Map<String, Change> byService = new HashMap<>();

	private final NavigableSet<Change> inOrder = new TreeSet<>();

	boolean isEmpty() {
		return this.inOrder.isEmpty();
	}

	void add(Change change) {
		Change old = this.byService.remove(change.service());
		if (old != null) {
			this.inOrder.remove(old);
		}
		put((old != null) ? old.and(change) : change);
	}

	/**
	 * Takes what is to be sent next.
	 * @return the service, with the revision to send as its latest; {@code null} when
	 * there is nothing
	 */
	@Nullable Change poll() {
		Change next = this.inOrder.pollFirst();
		if (next == null) {
			return null;
		}
		this.byService.remove(next.service());
		if (this.inOrder.isEmpty() || next.latest() < this.inOrder.first().first()) {
			return next;
		}
		if (next.first() == this.inOrder.first().first()) {
			return shared(next);
		}
		if (next.first() < next.latest()) {
			put(new Change(next.service(), next.latest(), next.latest()));
		}
		return new Change(next.service(), next.first(), next.first());
	}

	private Change shared(Change next) {
		if (next.first() < next.latest()) {
			put(new Change(next.service(), next.latest(), next.latest()));
		}
		return new Change(next.service(), next.first() - 1, next.first() - 1);
	}

	private void put(Change change) {
		this.byService.put(change.service(), change);
		this.inOrder.add(change);
	}

}
