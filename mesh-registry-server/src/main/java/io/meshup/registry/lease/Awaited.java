package io.meshup.registry.lease;

import java.util.List;

/**
 * The callers of a draining instance. Immutable.
 *
 * @param total how many are asked to confirm
 * @param silent those that have not confirmed yet, in the order of their names
 */
record Awaited(int total, List<String> silent) {

	Awaited {
		silent = List.copyOf(silent);
	}

	boolean isDone() {
		return this.silent.isEmpty();
	}

	int confirmed() {
		return this.total - this.silent.size();
	}

}
