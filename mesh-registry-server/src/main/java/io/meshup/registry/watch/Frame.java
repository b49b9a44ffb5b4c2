package io.meshup.registry.watch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.meshup.model.MeshJson;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

/**
 * One event as it goes over the wire. The body is shared by all who get it and must not
 * be changed.
 *
 * @param head the event's own lines and the start of its data
 * @param body the rest
 */
record Frame(byte[] head, byte[] body) {

	private static final int PIECE = 64 * 1024;

	private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);

	/**
	 * A service whole: the event {@code service}.
	 * @param registry the registry's name
	 * @param change the service, with the revision that is in force with it
	 * @param image what it looks like
	 * @return the event
	 */
	static Frame service(String registry, Change change, Image image) {
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
	static Frame sync(String registry, long revision, boolean isPartial) {
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
	 * The event in pieces: what is handed to the connection is copied by it, so a large
	 * snapshot must not be handed over at once to thousands of watchers.
	 * @param buffers wraps bytes
	 * @return at least one piece, to be flushed one after the other
	 */
	List<Publisher<DataBuffer>> pieces(DataBufferFactory buffers) {
		int first = Math.min(PIECE, this.body.length);
		List<Publisher<DataBuffer>> pieces = new ArrayList<>();
		pieces.add(Flux.defer(() -> Flux.just(buffers.wrap(this.head), piece(buffers, 0, first))));
		for (int from = first; from < this.body.length; from += PIECE) {
			int start = from;
			int end = Math.min(from + PIECE, this.body.length);
			pieces.add(Mono.fromSupplier(() -> piece(buffers, start, end)));
		}
		return pieces;
	}

	private DataBuffer piece(DataBufferFactory buffers, int from, int to) {
		return buffers.wrap(ByteBuffer.wrap(this.body, from, to - from));
	}

	int size() {
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
