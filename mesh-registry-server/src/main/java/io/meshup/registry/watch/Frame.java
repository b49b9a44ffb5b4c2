package io.meshup.registry.watch;

import java.nio.charset.StandardCharsets;

import io.meshup.model.MeshJson;

/**
 * One event as it goes over the wire. The body is shared by all who get it and must not
 * be changed.
 *
 * @param head the event's own lines and the start of its data
 * @param body the rest
 */
record Frame(byte[] head, byte[] body) {

	private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);

	/**
	 * The event {@code service}.
	 * @param registry the registry's name
	 * @param service the service
	 * @param revision the revision that is in force with it
	 * @param body the rest of the snapshot, from {@link SnapshotSource}
	 * @return the event
	 */
	static Frame service(String registry, String service, long revision, byte[] body) {
		String head = "event: service\nid: " + revision + "\ndata: {\"registry\":" + quoted(registry) + ",\"service\":"
				+ quoted(service) + ",\"revision\":" + revision + ",";
		return new Frame(head.getBytes(StandardCharsets.UTF_8), body);
	}

	/**
	 * The event {@code sync}.
	 * @param registry the registry's name
	 * @param revision all up to here was sent
	 * @param isPartial whether the registry has just started
	 * @return the event
	 */
	static Frame sync(String registry, long revision, boolean isPartial) {
		String text = "event: sync\nid: " + revision + "\ndata: {\"registry\":" + quoted(registry) + ",\"revision\":"
				+ revision + ",\"partial\":" + isPartial + "}";
		return new Frame(text.getBytes(StandardCharsets.UTF_8), END);
	}

	private static String quoted(String text) {
		return new String(MeshJson.write(text), StandardCharsets.UTF_8);
	}

}
