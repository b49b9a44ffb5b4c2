package io.meshup.registry.watch;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.meshup.model.Instance;
import io.meshup.model.MeshJson;
import io.meshup.registry.lease.Leases;
import io.meshup.registry.lease.ListedInstance;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.StoredRule;
import tools.jackson.databind.JsonNode;

/**
 * What a service looks like at present, from the leases and the rules. Thread-safe.
 */
final class SnapshotSource {

	private final Leases leases;

	private final MeshStore store;

	SnapshotSource(Leases leases, MeshStore store) {
		this.leases = leases;
		this.store = store;
	}

	String registry() {
		return this.store.registry();
	}

	boolean isPartial() {
		return this.leases.isPartial();
	}

	/**
	 * The services with an instance or a rule.
	 * @return in alphabetical order
	 */
	SortedSet<String> services() {
		SortedSet<String> services = new TreeSet<>(this.leases.services());
		this.store.rules().stream().map(StoredRule::service).filter((name) -> !name.isEmpty()).forEach(services::add);
		return services;
	}

	/**
	 * Encodes all of a snapshot but its first three fields, and the end of the event.
	 * @param service the service, or {@code *}
	 * @return bytes to be shared by all who get them
	 */
	byte[] body(String service) {
		boolean isPartial = this.leases.isPartial();
		Collection<String> gone = isPartial ? this.leases.gone(service) : List.of();
		List<Instance> instances = this.leases.instances(service).stream().map(ListedInstance::instance).toList();
		List<JsonNode> rules = this.store.rulesFor(service).stream().map(StoredRule::document).toList();
		String json = new String(MeshJson.write(new Body(isPartial, gone, instances, rules)), StandardCharsets.UTF_8);
		return (json.substring(1) + "\n\n").getBytes(StandardCharsets.UTF_8);
	}

	private record Body(boolean partial, Collection<String> gone, List<Instance> instances, List<JsonNode> rules) {
	}

}
