package io.meshup.benchmarks.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.HdrHistogram.Histogram;

/**
 * One connection of the load generator. Reads heads, and bodies with a length or in
 * chunks, that fit into its buffer.
 */
final class LoadConnection {

	private static final String LENGTH = "\r\ncontent-length:";

	/** Where in an answer the first digit of the status is. */
	private static final int STATUS = 9;

	private final SocketChannel channel;

	private final ByteBuffer request;

	private final ByteBuffer answer = ByteBuffer.allocate(16 * 1024);

	private long sentAt;

	LoadConnection(InetSocketAddress address, byte[] request) throws IOException {
		this.channel = SocketChannel.open(address);
		this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		this.channel.configureBlocking(false);
		this.request = ByteBuffer.wrap(request);
	}

	void register(Selector selector) throws IOException {
		this.channel.register(selector, SelectionKey.OP_READ, this);
	}

	void send() throws IOException {
		this.answer.clear();
		this.sentAt = System.nanoTime();
		this.request.rewind();
		while (this.request.hasRemaining()) {
			this.channel.write(this.request);
		}
	}

	// Returns whether a good answer was complete; the next request is sent then, and also
	// after a bad one, which counts for nothing.
	boolean read(Histogram nanos) throws IOException {
		if (this.channel.read(this.answer) < 0) {
			throw new EOFException("the server closed a connection");
		}
		if (!isComplete()) {
			return false;
		}
		boolean good = this.answer.get(STATUS) == '2';
		if (good) {
			nanos.recordValue(System.nanoTime() - this.sentAt);
		}
		send();
		return good;
	}

	private boolean isComplete() {
		int size = this.answer.position();
		int body = endOfHead(size);
		if (body < 0) {
			return false;
		}
		String head = new String(this.answer.array(), 0, body, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
		int length = head.indexOf(LENGTH);
		if (length < 0) {
			return endsWithLastChunk(size);
		}
		int from = length + LENGTH.length();
		return size >= body + Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
	}

	private int endOfHead(int size) {
		byte[] bytes = this.answer.array();
		for (int i = 3; i < size; i++) {
			if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
				return i + 1;
			}
		}
		return -1;
	}

	private boolean endsWithLastChunk(int size) {
		return size >= 5
				&& new String(this.answer.array(), size - 5, 5, StandardCharsets.ISO_8859_1).equals("0\r\n\r\n");
	}

	void close() throws IOException {
		this.channel.close();
	}

}
