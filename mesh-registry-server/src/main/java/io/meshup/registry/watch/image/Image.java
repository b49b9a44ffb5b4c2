package io.meshup.registry.watch.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.meshup.model.Instance;
import io.meshup.model.MeshJson;
import io.meshup.registry.watch.content.Content;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A service as it was when somebody first asked for it after a change. It is encoded
 * once, and once for each earlier image that watchers come from, when the first of them
 * asks. Thread-safe.
 */
public final class Image {

	/**
	 * Services of at most so many instances are always sent whole.
	 */
	public static final int DELTA_ABOVE = 100;

	/**
	 * A service that changed more than once before it is sent is sent under two revisions
	 * to each watcher.
	 */
	private static final int FRAMES = 2;

	private final long asOf;

	private final Content content;

	private final int deltaAbove;

	private final Map<Content, byte[]> deltas = new IdentityHashMap<>();

	private final Deque<Made> made = new ArrayDeque<>(FRAMES);

	private byte @Nullable [] whole;

	public Image(long asOf, Content content) {
		this(asOf, content, DELTA_ABOVE);
	}

	Image(long asOf, Content content, int deltaAbove) {
		this.asOf = asOf;
		this.content = content;
		this.deltaAbove = deltaAbove;
	}

	/**
	 * The published revision that it shows, which names it among all images of its
	 * service.
	 * @return a revision
	 */
	long asOf() {
		return this.asOf;
	}

	Content content() {
		return this.content;
	}

	/**
	 * What a watcher that has got this image can be told later changes by.
	 * @return {@code null} for a small service
	 */
	public @Nullable Base base() {
		return (this.content.instances().size() > this.deltaAbove) ? new Base(this.asOf, this.content) : null;
	}

	/**
	 * The event for a watcher. Most get the same one.
	 * @param registry the registry's name
	 * @param change the service, with the revision that is in force with it
	 * @param base what the watcher has, or {@code null} to send it whole
	 * @return the event
	 */
	public synchronized Frame frame(String registry, Change change, @Nullable Base base) {
		// What asOf names is the same content, for a service has no two under one number.
		long since = (base != null) ? base.asOf() : -1;
		for (Made present : this.made) {
			if (present.revision() == change.latest() && present.since() == since) {
				return present.frame();
			}
		}
		Frame frame = (base != null) ? Frame.delta(registry, change, this, base)
				: Frame.service(registry, change, this);
		if (this.made.size() == FRAMES) {
			this.made.removeFirst();
		}
		this.made.addLast(new Made(change.latest(), since, frame));
		return frame;
	}

	/**
	 * All of the event's data but its first three fields, and the end of the event.
	 * @return bytes to be shared by all who get them
	 */
	synchronized byte[] whole() {
		if (this.whole == null) {
			this.whole = encode(new Whole(this.asOf, this.content.partial(), this.content.gone(),
					this.content.instances(), this.content.rules()));
		}
		return this.whole;
	}

	/**
	 * The same, only what differs from an earlier image.
	 * @param base what the watcher has
	 * @return bytes to be shared by all who have the same
	 */
	synchronized byte[] since(Base base) {
		return this.deltas.computeIfAbsent(base.content(), (before) -> encode(delta(base.asOf(), before)));
	}

	private Delta delta(long since, Content before) {
		Map<String, Instance> left = new HashMap<>();
		before.instances().forEach((instance) -> left.put(instance.id(), instance));
		List<Instance> changed = new ArrayList<>();
		for (Instance instance : this.content.instances()) {
			Instance old = left.remove(instance.id());
			if (!instance.equals(old)) {
				changed.add(instance);
			}
		}
		return new Delta(since, this.asOf, this.content.partial(), unless(before.gone(), this.content.gone()), changed,
				left.keySet(), this.content.instances().size(), unless(before.rules(), this.content.rules()));
	}

	private static <T extends Collection<?>> @Nullable T unless(T before, T now) {
		return before.equals(now) ? null : now;
	}

	private static byte[] encode(Object data) {
		byte[] json = MeshJson.write(data);
		byte[] bytes = new byte[json.length + 1];
		System.arraycopy(json, 1, bytes, 0, json.length - 1);
		System.arraycopy("\n\n".getBytes(StandardCharsets.US_ASCII), 0, bytes, json.length - 1, 2);
		return bytes;
	}

	/**
	 * What a watcher has got of a service.
	 *
	 * @param asOf the image's name
	 * @param content the image's content
	 */
	public record Base(long asOf, Content content) {
	}

	private record Made(long revision, long since, Frame frame) {
	}

	private record Whole(long asOf, boolean partial, Collection<String> gone, List<Instance> instances,
			List<JsonNode> rules) {
	}

	@JsonInclude(JsonInclude.Include.NON_NULL)
	private record Delta(long since, long asOf, boolean partial, @Nullable Collection<String> gone,
			List<Instance> instances, Collection<String> left, int size, @Nullable List<JsonNode> rules) {
	}

}
