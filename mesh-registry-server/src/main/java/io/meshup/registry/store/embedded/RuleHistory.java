package io.meshup.registry.store.embedded;

import java.util.Map;
import java.util.TreeMap;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.commit.Facts;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.ledger.LedgerReplay;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;

/**
 * Replays the ledger's rows to what is in force: the rules and the facts.
 */
final class RuleHistory implements LedgerReplay {

	private final Map<String, byte[]> latest = new TreeMap<>();

	private final Facts facts = new Facts();

	private final SubjectIndex index;

	private long revision;

	/**
	 * Begins before the first row.
	 * @param maxVersions how many versions of a rule stay
	 */
	RuleHistory(int maxVersions) {
		this.index = new SubjectIndex(maxVersions);
	}

	@Override
	public void row(long sequence, LedgerEntry entry) {
		this.index.add(sequence, entry);
		switch (entry.type()) {
			case LedgerEntry.RULE -> {
				this.latest.put(entry.subject(), entry.body());
				this.revision = Math.max(this.revision, entry.revision());
			}
			case LedgerEntry.RULE_DELETED -> {
				this.latest.remove(entry.subject());
				this.revision = Math.max(this.revision, entry.revision());
			}
			case LedgerEntry.CHECKPOINT -> this.revision = Math.max(this.revision, entry.revision());
			default -> this.facts.put(fact(entry));
		}
	}

	private static Fact fact(LedgerEntry entry) {
		return (entry.body().length == 0) ? Fact.over(entry.type(), entry.subject(), entry.author())
				: new Fact(entry.type(), entry.subject(), entry.author(), MeshJson.readTree(entry.body()));
	}

	RuleSet rules() {
		return RuleSet.of(this.latest.values().stream().map(StoredRule::of).toList(), this.revision);
	}

	Facts facts() {
		return this.facts;
	}

	SubjectIndex index() {
		return this.index;
	}

}
