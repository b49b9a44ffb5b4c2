package io.meshup.registry.store.embedded;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.meshup.registry.store.RuleSet;
import io.meshup.registry.store.StoredRule;
import io.meshup.registry.store.ledger.LedgerEntry;

/**
 * Replays the ledger's rows to the rules in force.
 */
final class RuleHistory implements Consumer<LedgerEntry> {

	private final Map<String, byte[]> latest = new TreeMap<>();

	@Override
	public void accept(LedgerEntry entry) {
		switch (entry.type()) {
			case LedgerEntry.RULE -> this.latest.put(entry.subject(), entry.body());
			case LedgerEntry.RULE_DELETED -> this.latest.remove(entry.subject());
			default -> throw new IllegalStateException("The ledger has a row of unknown type '" + entry.type() + "'");
		}
	}

	RuleSet rules() {
		return RuleSet.of(this.latest.values().stream().map(StoredRule::of).toList());
	}

}
