package io.meshup.registry.store.ledger.chain;

/**
 * A row as it is in the file.
 *
 * @param sequence its number, from 1
 * @param entry its content
 * @param previous the hash that its own covers; empty where the row before was dropped
 * @param hash its hash
 */
public record LedgerRow(long sequence, LedgerEntry entry, byte[] previous, byte[] hash) {
}
