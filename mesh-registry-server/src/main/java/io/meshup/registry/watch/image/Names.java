package io.meshup.registry.watch.image;

import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceName;
import io.meshup.registry.watch.content.ContentSource;
import org.jspecify.annotations.Nullable;

/**
 * The names of all services and the sticky keys of all routes at one moment, for watchers
 * that do not watch all services. Encoded when the first watcher takes it. Thread-safe.
 */
public final class Names {

	private final String registry;

	private final boolean isPartial;

	private final SortedSet<String> all;

	private final SortedSet<String> sticky;

	private final @Nullable Before before;

	private final long number;

	private @Nullable Frame whole;

	private @Nullable Frame step;

	/**
	 * Notes the names.
	 * @param source knows them
	 * @param isPartial whether names may be missing
	 * @param before what most watchers have
	 */
	public Names(ContentSource source, boolean isPartial, @Nullable Names before) {
		this.registry = source.registry();
		this.isPartial = isPartial;
		this.all = source.services();
		this.all.remove(ServiceName.MESH_WIDE);
		this.sticky = source.stickyKeys();
		this.number = (before != null) ? before.number + 1 : 0;
		this.before = (before != null && before.isPartial == isPartial)
				? new Before(before.number, before.all, before.sticky) : null;
	}

	public boolean has(String service) {
		return this.all.contains(service);
	}

	public boolean isSame(Names other) {
		return this.isPartial == other.isPartial && this.all.equals(other.all) && this.sticky.equals(other.sticky);
	}

	public boolean hasSticky(Set<String> keys) {
		return this.sticky.equals(keys);
	}

	/**
	 * The event for a watcher.
	 * @param known what it was sent before, or {@code null}
	 * @return all names, or what differs
	 */
	public synchronized Frame since(@Nullable Names known) {
		if (known != null && this.before != null && known.number == this.before.number()) {
			this.step = (this.step != null) ? this.step : Frame.names(MeshJson.write(step(this.before)));
			return this.step;
		}
		this.whole = (this.whole != null) ? this.whole
				: Frame.names(MeshJson.write(new Whole(this.registry, this.isPartial, this.all, this.sticky)));
		return this.whole;
	}

	private Step step(Before known) {
		SortedSet<String> added = new TreeSet<>(this.all);
		added.removeAll(known.names());
		SortedSet<String> removed = new TreeSet<>(known.names());
		removed.removeAll(this.all);
		return new Step(this.registry, this.isPartial, added, removed,
				this.sticky.equals(known.sticky()) ? null : this.sticky);
	}

	// Not the names themselves, which know those before them.
	private record Before(long number, SortedSet<String> names, SortedSet<String> sticky) {
	}

	private record Whole(String registry, boolean partial, Collection<String> names, Collection<String> sticky) {
	}

	@JsonInclude(JsonInclude.Include.NON_NULL)
	private record Step(String registry, boolean partial, Collection<String> added, Collection<String> removed,
			@Nullable Collection<String> sticky) {
	}

}
