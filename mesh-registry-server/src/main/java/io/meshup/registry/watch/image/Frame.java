package io.meshup.registry.watch.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

import io.meshup.model.MeshJson;

/**
 * One event as it goes over the wire. The body is shared by all who get it and must not
 * be changed.
 *
 * @param head the event's own lines and the start of its data
 * @param body the rest
 */
public record Frame(byte[] head, byte[] body) {

	private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);

	/**
	 * A service whole: the event {@code service}.
	 * @param registry the registry's name
	 * @param change the service, with the revision that is in force with it
	 * @param image what it looks like
	 * @return the event
	 */
	public static Frame service(String registry, Change change, Image image) {
		return new Frame(head("service", registry, change), image.whole());
	}

	/**
	 * What differs from an earlier image: the event {@code delta}.
	 * @param registry the registry's name
	 * @param change the service, with the revision that is in force with it
	 * @param image what it looks like
	 * @param base what the watcher has
	 * @return the event
	 */
	static Frame delta(String registry, Change change, Image image, Image.Base base) {
		return new Frame(head("delta", registry, change), image.since(base));
	}

	/**
	 * The event {@code sync}.
	 * @param registry the registry's name
	 * @param revision all up to here was sent
	 * @param isPartial whether the registry has just started
	 * @return the event
	 */
	public static Frame sync(String registry, long revision, boolean isPartial) {
		String text = "event: sync\nid: " + revision + "\ndata: {\"registry\":" + quoted(registry) + ",\"revision\":"
				+ revision + ",\"partial\":" + isPartial + "}";
		return new Frame(text.getBytes(StandardCharsets.UTF_8), END);
	}

	/**
	 * The event {@code names}. It has no id: names have no revision.
	 * @param data its data
	 * @return the event
	 */
	static Frame names(byte[] data) {
		byte[] head = "event: names\ndata: ".getBytes(StandardCharsets.UTF_8);
		byte[] body = Arrays.copyOf(data, data.length + END.length);
		System.arraycopy(END, 0, body, data.length, END.length);
		return new Frame(head, body);
	}

	/**
	 * The event {@code peers}. It has no id either.
	 * @param registry the registry's name
	 * @param services what instances of the same service watch
	 * @return the event
	 */
	public static Frame peers(String registry, Collection<String> services) {
		String text = "event: peers\ndata: {\"registry\":" + quoted(registry) + ",\"services\":"
				+ new String(MeshJson.write(services), StandardCharsets.UTF_8) + "}";
		return new Frame(text.getBytes(StandardCharsets.UTF_8), END);
	}

	public int size() {
		return this.head.length + this.body.length;
	}

	private static byte[] head(String type, String registry, Change change) {
		String head = "event: " + type + "\nid: " + change.latest() + "\ndata: {\"registry\":" + quoted(registry)
				+ ",\"service\":" + quoted(change.service()) + ",\"revision\":" + change.latest() + ",";
		return head.getBytes(StandardCharsets.UTF_8);
	}

	private static String quoted(String text) {
		return new String(MeshJson.write(text), StandardCharsets.UTF_8);
	}

}
