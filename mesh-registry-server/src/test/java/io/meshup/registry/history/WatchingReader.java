package io.meshup.registry.history;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.meshup.control.RegistryClient;
import io.meshup.model.ServiceSnapshot;
import io.meshup.registry.history.check.RuleRecord;
import io.meshup.registry.history.node.NodeSettings;
import io.meshup.registry.history.node.RegistryNode;
import io.meshup.registry.history.operation.Sighting;
import io.meshup.registry.history.operation.Version;

/**
 * A participant's own client, which watches all rules, and moves on to another node when
 * its line breaks.
 */
final class WatchingReader implements AutoCloseable {

	private final String name;

	private final Map<String, RuleRecord> rules;

	private final RegistryClient client;

	WatchingReader(String name, List<RegistryNode> nodes, Map<String, RuleRecord> rules) {
		this.name = name;
		this.rules = rules;
		List<URI> addresses = nodes.stream().map((node) -> node.uri("")).toList();
		this.client = RegistryClient.builder(addresses)
			.service("reader")
			.services(List.copyOf(rules.keySet()))
			.token(() -> NodeSettings.TOKEN)
			.snapshots(this::see)
			.build();
		this.client.start();
	}

	private void see(ServiceSnapshot snapshot) {
		RuleRecord record = this.rules.get(snapshot.service());
		if (record == null) {
			return;
		}
		Version version = snapshot.rules()
			.stream()
			.map((rule) -> new Version(rule.at("/metadata/revision").asLong(), RuleCalls.value(rule)))
			.findFirst()
			.orElse(Version.NOTHING);
		record.add(new Sighting(this.name, version, System.nanoTime()));
	}

	@Override
	public void close() {
		this.client.close();
	}

}
