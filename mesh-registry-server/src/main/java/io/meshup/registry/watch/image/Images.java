package io.meshup.registry.watch.image;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.meshup.registry.watch.content.ContentSource;

/**
 * The present image of each service, made with each change and encoded when it is first
 * asked for. Thread-safe.
 */
public final class Images {

	private final Map<String, Image> images = new ConcurrentHashMap<>();

	private final Map<String, Long> revisions = new ConcurrentHashMap<>();

	private final ContentSource source;

	private final int deltaAbove;

	private volatile long floor;

	public Images(ContentSource source) {
		this(source, Image.DELTA_ABOVE);
	}

	public Images(ContentSource source, int deltaAbove) {
		this.source = source;
		this.deltaAbove = deltaAbove;
		this.floor = source.revision();
	}

	/**
	 * What was not heard of counts as changed at a revision.
	 * @param revision the last one before changes were heard of
	 */
	public void begin(long revision) {
		this.floor = revision;
		this.images.clear();
	}

	/**
	 * A change was published: what was made before is of no use any more.
	 * @param service the service
	 * @param revision its revision
	 * @return whether who has the image before lacks only instances that came in addition
	 */
	public boolean changed(String service, long revision) {
		Image before = this.images.get(service);
		Image present = this.images.compute(service, (name, old) -> {
			this.revisions.put(name, revision);
			Image image = make(name);
			return image.content().isEmpty() ? null : image;
		});
		return before != null && present != null && present.content().isOnlyMoreThan(before.content());
	}

	/**
	 * The revision of a service's last change.
	 * @param service the service
	 * @return its revision
	 */
	public long revision(String service) {
		return this.revisions.getOrDefault(service, this.floor);
	}

	/**
	 * What has changed since the start.
	 * @return services, also those that went
	 */
	public Set<String> changed() {
		return this.revisions.keySet();
	}

	/**
	 * The present image. Names without anything behind them are not kept.
	 * @param service the service
	 * @return an image at least as new as the last published change
	 */
	public Image of(String service) {
		Image present = this.images.get(service);
		if (present != null) {
			return present;
		}
		Image made = this.images.computeIfAbsent(service, (name) -> {
			Image image = make(name);
			return image.content().isEmpty() ? null : image;
		});
		return (made != null) ? made : make(service);
	}

	private Image make(String service) {
		// The revision first: content may be newer than its name, never older.
		long asOf = revision(service);
		return new Image(asOf, this.source.content(service), this.deltaAbove);
	}

}
