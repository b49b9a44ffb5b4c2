package io.meshup.registry.store.commit;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.meshup.model.MeshJson;
import io.meshup.model.rule.RuleReader;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.rule.RuleChange;
import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one commit will change: the rows for the disk, the rules after it and who must be
 * told. Nothing of it is visible before the commit.
 */
public final class Transaction {

	private final InstantSource clock;

	private final List<LedgerEntry> entries = new ArrayList<>();

	private final Map<String, Long> changed = new LinkedHashMap<>();

	private final List<Fact> facts = new ArrayList<>();

	private RuleSet rules;

	private long revision;

	/**
	 * Begins.
	 * @param rules the rules in force
	 * @param revision the last revision taken
	 * @param clock tells when a rule was written
	 */
	public Transaction(RuleSet rules, long revision, InstantSource clock) {
		this.rules = rules;
		this.revision = revision;
		this.clock = clock;
	}

	/**
	 * The rules as the changes so far leave them.
	 * @return an immutable set
	 */
	public RuleSet rules() {
		return this.rules;
	}

	/**
	 * The rows to keep.
	 * @return in their order
	 */
	public List<LedgerEntry> entries() {
		return this.entries;
	}

	/**
	 * The last revision taken.
	 * @return at least the one it began with
	 */
	public long revision() {
		return this.revision;
	}

	/**
	 * Who must be told, in ascending revisions, each service once.
	 * @return the services with their revisions
	 */
	public Map<String, Long> changed() {
		return this.changed;
	}

	/**
	 * The facts that will be in force.
	 * @return in their order
	 */
	public List<Fact> facts() {
		return this.facts;
	}

	/**
	 * Keeps a fact under the present revision: instances and rules are as they were.
	 * @param fact the fact
	 */
	public void keep(Fact fact) {
		byte[] body = fact.isOver() ? new byte[0] : MeshJson.write(fact.content());
		this.facts.add(fact);
		this.entries.add(new LedgerEntry(this.revision, fact.type(), fact.subject(), fact.author(), now(), body));
	}

	private String now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
	}

	/**
	 * Gives a service the next revision.
	 * @param service the service
	 */
	public void touch(String service) {
		this.changed.remove(service);
		this.changed.put(service, ++this.revision);
	}

	/**
	 * Makes a change.
	 * @param change what to do to the rules
	 */
	public void change(RuleChange change) {
		Optional<StoredRule> before = this.rules.find(change.kind(), change.name());
		String at = now();
		if (change instanceof RuleChange.Put put) {
			put(put, before, at);
		}
		else if (change instanceof RuleChange.Delete deletion) {
			before.ifPresent((rule) -> delete(deletion, rule, at));
		}
	}

	private void put(RuleChange.Put put, Optional<StoredRule> before, String at) {
		String service = put.spec().path("service").asString("");
		before.map(StoredRule::service).filter((old) -> !old.equals(service)).ifPresent(this::touch);
		touch(service);
		byte[] json = MeshJson.write(document(put, before, at));
		this.entries.add(new LedgerEntry(this.revision, LedgerEntry.RULE, put.kind() + "/" + put.name(), put.author(),
				at, json));
		this.rules = this.rules.with(StoredRule.of(json), this.revision);
	}

	private ObjectNode document(RuleChange.Put put, Optional<StoredRule> before, String at) {
		ObjectNode document = MeshJson.mapper().createObjectNode();
		document.put("apiVersion", RuleReader.API_VERSION).put("kind", put.kind());
		String createdAt = before.map((rule) -> rule.document().path("metadata").path("createdAt").asString(at))
			.orElse(at);
		ObjectNode metadata = document.putObject("metadata");
		metadata.put("name", put.name())
			.put("revision", this.revision)
			.put("createdAt", createdAt)
			.put("updatedAt", at)
			.put("updatedBy", put.author());
		put.reason().describe(metadata);
		return document.set("spec", put.spec());
	}

	private void delete(RuleChange.Delete change, StoredRule rule, String at) {
		touch(rule.service());
		ObjectNode why = MeshJson.mapper().createObjectNode();
		change.reason().describe(why);
		byte[] body = why.isEmpty() ? new byte[0] : MeshJson.write(why);
		this.entries
			.add(new LedgerEntry(this.revision, LedgerEntry.RULE_DELETED, rule.id(), change.author(), at, body));
		this.rules = this.rules.without(rule.id(), this.revision);
	}

}
