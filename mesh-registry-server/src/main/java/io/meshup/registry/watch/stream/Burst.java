package io.meshup.registry.watch.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.meshup.registry.watch.image.Frame;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

/**
 * Events for one watcher that were there at the same time. They are written together:
 * what an event costs is above all the waking up of a connection.
 */
public final class Burst {

	/**
	 * So much is copied and flushed at a time, so that a large snapshot is not in memory
	 * once for each of thousands of watchers.
	 */
	static final int PIECE = 64 * 1024;

	private final List<byte[]> parts = new ArrayList<>();

	private int size;

	private Burst() {
	}

	/**
	 * Takes events until none is left, or as many as fit into one piece.
	 * @param first the first event
	 * @param more gives further events, {@code null} when there is none
	 * @return at least one event
	 */
	public static Burst of(Frame first, Supplier<@Nullable Frame> more) {
		Burst burst = new Burst();
		burst.add(first);
		while (burst.size < PIECE) {
			Frame next = more.get();
			if (next == null) {
				return burst;
			}
			burst.add(next);
		}
		return burst;
	}

	/**
	 * All bytes in pieces, to be flushed one after the other.
	 * @param buffers makes a piece when it is to be written
	 * @return at least one piece
	 */
	public List<Publisher<DataBuffer>> pieces(DataBufferFactory buffers) {
		List<Publisher<DataBuffer>> pieces = new ArrayList<>();
		for (int from = 0; from < this.size; from += PIECE) {
			int start = from;
			pieces.add(Mono.fromSupplier(() -> piece(buffers, start, Math.min(PIECE, this.size - start))));
		}
		return pieces;
	}

	private DataBuffer piece(DataBufferFactory buffers, int start, int length) {
		DataBuffer piece = buffers.allocateBuffer(length);
		int at = 0;
		for (byte[] part : this.parts) {
			int from = Math.max(start, at);
			int end = Math.min(start + length, at + part.length);
			if (from < end) {
				piece.write(part, from - at, end - from);
			}
			at += part.length;
		}
		return piece;
	}

	private void add(Frame frame) {
		this.parts.add(frame.head());
		this.parts.add(frame.body());
		this.size += frame.size();
	}

}
