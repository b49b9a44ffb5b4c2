package io.meshup.registry.store.ledger;

import io.meshup.registry.store.ledger.chain.LedgerEntry;

/**
 * Takes the ledger's rows, in order.
 */
@FunctionalInterface
public interface LedgerReplay {

	/**
	 * Takes one row.
	 * @param sequence its number
	 * @param entry its content
	 */
	void row(long sequence, LedgerEntry entry);

}
