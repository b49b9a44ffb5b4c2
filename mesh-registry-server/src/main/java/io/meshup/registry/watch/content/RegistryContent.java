package io.meshup.registry.watch.content;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

import io.meshup.model.Instance;
import io.meshup.registry.lease.Leases;
import io.meshup.registry.lease.instance.ListedInstance;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.rule.StoredRule;
import tools.jackson.databind.JsonNode;

/**
 * What a service looks like at present, from the leases and the rules. Thread-safe.
 */
public final class RegistryContent implements ContentSource {

	private final Leases leases;

	private final MeshStore store;

	private final StickyKeys stickyKeys = new StickyKeys();

	public RegistryContent(Leases leases, MeshStore store) {
		this.leases = leases;
		this.store = store;
	}

	@Override
	public String registry() {
		return this.store.registry();
	}

	@Override
	public long revision() {
		return this.store.revision();
	}

	@Override
	public void subscribe(Consumer<ServiceChanged> subscriber) {
		this.store.subscribe(subscriber);
	}

	@Override
	public void touch(String service) {
		this.store.touch(service);
	}

	@Override
	public void raise(long revision) {
		this.store.raise(revision);
	}

	@Override
	public boolean isPartial() {
		return this.leases.isPartial();
	}

	@Override
	public SortedSet<String> services() {
		SortedSet<String> services = new TreeSet<>(this.leases.services());
		this.store.rules().stream().map(StoredRule::service).filter((name) -> !name.isEmpty()).forEach(services::add);
		return services;
	}

	@Override
	public SortedSet<String> stickyKeys() {
		return this.stickyKeys.of(this.store.ruleSet());
	}

	@Override
	public Content content(String service) {
		boolean isPartial = this.leases.isPartial();
		Collection<String> gone = isPartial ? this.leases.gone(service) : List.of();
		List<Instance> instances = this.leases.instances(service).stream().map(ListedInstance::instance).toList();
		List<JsonNode> rules = this.store.rulesFor(service).stream().map(StoredRule::document).toList();
		return new Content(isPartial, gone, instances, rules);
	}

}
