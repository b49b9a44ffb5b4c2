package io.meshup.control.event;

import java.util.Map;
import java.util.TreeMap;

import io.meshup.model.Instance;
import io.meshup.model.ServiceSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a partial snapshot leaves open: instances that have neither come back nor
 * left since the registry's start.
 */
public final class PartialMerge {

	private PartialMerge() {
	}

	/**
	 * Lays one over the other.
	 * @param old what is in force, or {@code null}
	 * @param next what came
	 * @return what is in force from now on
	 */
	public static ServiceSnapshot of(@Nullable ServiceSnapshot old, ServiceSnapshot next) {
		if (old == null || !next.partial()) {
			return next;
		}
		Map<String, Instance> instances = new TreeMap<>();
		old.instances().forEach((instance) -> instances.put(instance.id(), instance));
		next.gone().forEach(instances::remove);
		next.instances().forEach((instance) -> instances.put(instance.id(), instance));
		return new ServiceSnapshot(next.registry(), next.service(), next.revision(), true, next.gone(),
				instances.values().stream().toList(), next.rules());
	}

}
