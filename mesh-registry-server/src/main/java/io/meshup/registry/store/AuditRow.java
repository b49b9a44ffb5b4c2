package io.meshup.registry.store;

/**
 * One row of the audit log, which is the ledger itself: what every change was written as.
 *
 * @param sequence its number, from 1
 * @param revision the registry's revision then
 * @param type {@code rule}, {@code rule-deleted}, a fact's type or {@code checkpoint}
 * @param subject what it is about, for example {@code Route/inventory}
 * @param author who caused it
 * @param at when, in ISO-8601
 * @param body its content as text, as it was hashed
 * @param earlier the sequence of the row before on the same subject, or 0
 * @param previous the hash that its own hash covers, in hexadecimal; empty where
 * retention dropped the row before
 * @param hash its hash, in hexadecimal
 */
public record AuditRow(long sequence, long revision, String type, String subject, String author, String at, String body,
		long earlier, String previous, String hash) {
}
