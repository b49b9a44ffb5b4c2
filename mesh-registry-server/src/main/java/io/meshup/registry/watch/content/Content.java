package io.meshup.registry.watch.content;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import tools.jackson.databind.JsonNode;

/**
 * What callers are to know of a service. Immutable, as the lists that it is made of.
 *
 * @param partial whether the registry has just started
 * @param gone what has left since that start
 * @param instances all that are listed
 * @param rules the documents that concern it
 */
public record Content(boolean partial, Collection<String> gone, List<Instance> instances, List<JsonNode> rules) {

	/**
	 * Whether who knows an earlier content lacks only instances that are there in
	 * addition, or up again. Nobody is sent astray who hears of them a little later.
	 * @param before the earlier content
	 * @return {@code false} where anything was taken away or changed otherwise
	 */
	public boolean isOnlyMoreThan(Content before) {
		if (this.partial != before.partial || !this.gone.equals(before.gone) || !this.rules.equals(before.rules)) {
			return false;
		}
		Iterator<Instance> present = this.instances.iterator();
		for (Instance known : before.instances) {
			if (!isIn(present, known)) {
				return false;
			}
		}
		return true;
	}

	// Both lists are in the order of their ids.
	private static boolean isIn(Iterator<Instance> present, Instance known) {
		while (present.hasNext()) {
			Instance next = present.next();
			if (next.id().equals(known.id())) {
				return next.equals(known)
						|| (next.status() == InstanceStatus.UP && next.equals(known.withStatus(InstanceStatus.UP)));
			}
		}
		return false;
	}

	public boolean isEmpty() {
		return this.gone.isEmpty() && this.instances.isEmpty() && this.rules.isEmpty();
	}

}
