package io.meshup.registry.watch;

import java.util.SortedSet;
import java.util.function.Consumer;

import io.meshup.registry.store.ServiceChanged;

/**
 * What there is to be told to watchers. Thread-safe.
 */
interface ContentSource {

	/**
	 * The registry's own name.
	 * @return a UUID
	 */
	String registry();

	/**
	 * The revision of what has not changed since the start.
	 * @return the first revision of this run
	 */
	long firstRevision();

	/**
	 * The last published revision.
	 * @return at least {@link #firstRevision()}
	 */
	long revision();

	/**
	 * Joins the change feed.
	 * @param subscriber called by one thread at a time in ascending revisions; must not
	 * block
	 */
	void subscribe(Consumer<ServiceChanged> subscriber);

	/**
	 * Gives a service another revision.
	 * @param service the service
	 */
	void touch(String service);

	/**
	 * Whether the registry has just started.
	 * @return {@code true} in the first 30 s
	 */
	boolean isPartial();

	/**
	 * The services with an instance or a rule.
	 * @return in alphabetical order
	 */
	SortedSet<String> services();

	/**
	 * A service as it is at present.
	 * @param service the service, or {@code *}
	 * @return at least as new as its last published revision
	 */
	Content content(String service);

}
