package io.meshup.registry.store;

import java.util.Collection;
import java.util.List;

import reactor.core.publisher.Mono;

/**
 * Who changed what: the hash-chained rows of the ledger. Thread-safe; rows are read from
 * the disk, a page at a time, between two commits.
 */
public interface AuditLog {

	/**
	 * The most rows of one page.
	 */
	int PAGE = 500;

	/**
	 * Notes something that happened. Never blocks and never fails the caller: when it
	 * cannot be kept, the registry's log says so.
	 * @param event what happened; its type begins with {@link Fact#EVENT}
	 */
	void record(Fact event);

	/**
	 * The rows after one.
	 * @param sequence a number, 0 for the beginning
	 * @return at most a page of them, oldest first
	 */
	Mono<List<AuditRow>> after(long sequence);

	/**
	 * The rows before one.
	 * @param sequence a number, {@link Long#MAX_VALUE} for the end
	 * @return at most a page of them, newest first
	 */
	Mono<List<AuditRow>> before(long sequence);

	/**
	 * Some rows.
	 * @param sequences their numbers
	 * @return those that are there
	 */
	Mono<List<AuditRow>> rows(Collection<Long> sequences);

	/**
	 * Every kept version of a rule, its ends too.
	 * @param kind its kind
	 * @param name its name
	 * @return the rows, oldest first; empty when it is unknown
	 */
	Mono<List<AuditRow>> versions(String kind, String name);

}
