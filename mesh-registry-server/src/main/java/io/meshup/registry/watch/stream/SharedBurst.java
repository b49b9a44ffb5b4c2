package io.meshup.registry.watch.stream;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.List;

import io.meshup.registry.watch.image.Change;
import io.meshup.registry.watch.image.Frame;
import io.meshup.registry.watch.image.Image;
import org.jspecify.annotations.Nullable;

/**
 * The events of one push for all who watch everything and have got all before: put
 * together once, not once for each of them. Used by one thread.
 */
public final class SharedBurst {

	private final List<Change> changes;

	private final WatchStream.Encoder encoder;

	private boolean isMade;

	private @Nullable Frame frame;

	/**
	 * The events of some changes.
	 * @param changes each service once
	 * @param encoder makes the events
	 */
	public SharedBurst(Collection<Change> changes, WatchStream.Encoder encoder) {
		this.changes = List.copyOf(changes);
		this.encoder = encoder;
	}

	public List<Change> changes() {
		return this.changes;
	}

	/**
	 * Whether it holds nothing that was known at a revision.
	 * @param revision the revision
	 * @return {@code false} where a part of it is known
	 */
	boolean isAfter(long revision) {
		return this.changes.stream().allMatch((change) -> change.first() > revision);
	}

	/**
	 * Whether watchers can share the events, which they cannot where one depends on what
	 * a watcher has.
	 * @return {@code false} where each has to be given its own
	 */
	public boolean isShared() {
		return frame() != null;
	}

	/**
	 * All the events as if they were one.
	 * @return {@code null} where each watcher has to be given its own
	 */
	@Nullable Frame frame() {
		if (!this.isMade) {
			this.isMade = true;
			this.frame = make();
		}
		return this.frame;
	}

	private @Nullable Frame make() {
		PendingChanges pending = new PendingChanges();
		this.changes.forEach(pending::add);
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (Change next = pending.poll(); next != null; next = pending.poll()) {
			Image image = this.encoder.image(next.service());
			if (image.base() != null) {
				return null;
			}
			Frame event = this.encoder.frame(next, image, null);
			all.writeBytes(event.head());
			all.writeBytes(event.body());
		}
		return new Frame(new byte[0], all.toByteArray());
	}

}
