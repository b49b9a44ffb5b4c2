package io.meshup.registry.lease.drain;

import java.util.List;

/**
 * The callers of a draining instance. Immutable.
 *
 * @param total how many are asked to confirm
 * @param silent those that have not confirmed yet, in the order of their names
 * @param busy those that have confirmed and still wait for answers, in the same order
 */
record Awaited(int total, List<String> silent, List<String> busy) {

	Awaited {
		silent = List.copyOf(silent);
		busy = List.copyOf(busy);
	}

	boolean isDone() {
		return this.silent.isEmpty() && this.busy.isEmpty();
	}

	int remaining() {
		return this.silent.size() + this.busy.size();
	}

	int confirmed() {
		return this.total - remaining();
	}

}
