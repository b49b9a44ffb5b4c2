package io.meshup.registry.watch.content;

import java.util.SortedSet;
import java.util.function.Consumer;

import io.meshup.registry.store.ServiceChanged;

/**
 * What there is to be told to watchers. Thread-safe.
 */
public interface ContentSource {

	/**
	 * The registry's own name.
	 * @return a UUID
	 */
	String registry();

	/**
	 * The last published revision.
	 * @return the revision; read after joining the change feed it misses nothing
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
	 * Hears that a watcher has already got a revision that is still to come here.
	 * @param revision the watcher's; the next ones are above it
	 */
	void raise(long revision);

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
	 * The keys that any route is sticky by.
	 * @return in alphabetical order
	 */
	SortedSet<String> stickyKeys();

	/**
	 * A service as it is at present.
	 * @param service the service, or {@code *}
	 * @return at least as new as its last published revision
	 */
	Content content(String service);

}
