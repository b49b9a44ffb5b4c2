package io.meshup.registry.watch.push;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import io.meshup.registry.watch.content.ContentSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watchers that came with a revision which is still to come here. Mostly this node has
 * only not read it yet. Otherwise it is of a node that numbered on alone while it was cut
 * off, and as such a watcher takes nothing below what it has, all that it watches gets
 * numbers above that. Used by one thread.
 */
final class Ahead {

	private static final Logger logger = LoggerFactory.getLogger(Ahead.class);

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** No node numbers on further alone; a number above is none of this registry. */
	private static final long MOST = 100_000;

	private final Set<String> services = new TreeSet<>();

	private long revision;

	private long sinceNanos;

	/**
	 * A watcher has come.
	 * @param after what it has got
	 * @param present what there is here
	 * @param wanted the services that it watches
	 * @param nanos now
	 */
	void note(long after, long present, Collection<String> wanted, long nanos) {
		if (after - present > MOST) {
			return;
		}
		if (this.services.isEmpty()) {
			this.sinceNanos = nanos;
		}
		this.revision = Math.max(this.revision, after);
		this.services.addAll(wanted);
	}

	/**
	 * Raises the numbers where they have not come by themselves.
	 * @param present the revision
	 * @param nanos now
	 * @param source gives numbers
	 */
	void look(long present, long nanos, ContentSource source) {
		boolean isBehind = present < this.revision;
		if (this.services.isEmpty() || (isBehind && nanos - this.sinceNanos < PATIENCE_NANOS)) {
			return;
		}
		if (isBehind) {
			logger.info("A watcher came from a node that had numbered on alone: revisions go on after {} instead of {}",
					this.revision, present);
			source.raise(this.revision);
			this.services.forEach(source::touch);
		}
		this.services.clear();
		this.revision = 0;
	}

}
