package io.meshup.benchmarks.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Short calls over a fixed number of kept connections, by one thread. A call whose
 * connection breaks is repeated.
 */
final class Calls implements AutoCloseable {

	/** In place of a length. */
	private static final int CHUNKED = -1;

	private final Selector selector;

	private final int port;

	private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();

	private final Deque<Connection> idle = new ArrayDeque<>();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);

	private volatile boolean running = true;

	Calls(int port, int connections) throws IOException {
		this.selector = Selector.open();
		this.port = port;
		for (int i = 0; i < connections; i++) {
			this.idle.add(new Connection());
		}
		Thread thread = new Thread(this::run, "calls");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Sends a call when a connection is free.
	 * @param method the method and path
	 * @param authorization the header's value, or empty
	 * @param body what is sent in JSON, or empty
	 * @param answer is told status and body on this object's thread
	 */
	void send(String method, String authorization, String body, Answer answer) {
		byte[] content = body.getBytes(StandardCharsets.UTF_8);
		String head = method + " HTTP/1.1\r\nHost: r\r\nAccept: application/json\r\n"
				+ (authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n")
				+ ((content.length > 0) ? "Content-Type: application/json\r\n" : "") + "Content-Length: "
				+ content.length + "\r\n\r\n";
		ByteArrayOutputStream request = new ByteArrayOutputStream();
		request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
		request.writeBytes(content);
		this.waiting.add(new Call(request.toByteArray(), answer));
		this.selector.wakeup();
	}

	int waiting() {
		return this.waiting.size();
	}

	@Override
	public void close() {
		this.running = false;
		this.selector.wakeup();
	}

	private void run() {
		try {
			while (this.running) {
				this.selector.select(this::ready, 10);
				while (!this.idle.isEmpty() && !this.waiting.isEmpty()) {
					this.idle.remove().send(this.waiting.remove());
				}
			}
			for (SelectionKey key : this.selector.keys()) {
				key.channel().close();
			}
			this.selector.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException("the calls broke down", ex);
		}
	}

	private void ready(SelectionKey key) {
		Connection connection = (Connection) key.attachment();
		try {
			if (key.isConnectable()) {
				connection.connected();
			}
			if (key.isValid() && key.isReadable()) {
				connection.read();
			}
		}
		catch (IOException ex) {
			connection.broke();
		}
	}

	/**
	 * Takes an answer.
	 */
	@FunctionalInterface
	interface Answer {

		/**
		 * An answer came.
		 * @param status its status
		 * @param body its body as it came
		 */
		void came(int status, String body);

	}

	private record Call(byte[] request, Answer answer) {
	}

	private final class Connection {

		private @Nullable SocketChannel channel;

		private @Nullable Call call;

		private int least;

		private ByteArrayOutputStream answer = new ByteArrayOutputStream();

		void send(Call next) {
			this.call = next;
			this.answer = new ByteArrayOutputStream();
			this.least = 0;
			try {
				if (this.channel == null) {
					connect();
				}
				else {
					write();
				}
			}
			catch (IOException ex) {
				broke();
			}
		}

		private void connect() throws IOException {
			SocketChannel opened = SocketChannel.open();
			this.channel = opened;
			opened.configureBlocking(false);
			opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
			opened.register(Calls.this.selector, SelectionKey.OP_CONNECT, this);
			opened.connect(new InetSocketAddress("127.0.0.1", Calls.this.port));
		}

		void connected() throws IOException {
			open().finishConnect();
			open().keyFor(Calls.this.selector).interestOps(SelectionKey.OP_READ);
			write();
		}

		private void write() throws IOException {
			ByteBuffer out = ByteBuffer.wrap(Objects.requireNonNull(this.call).request());
			while (out.hasRemaining()) {
				open().write(out);
			}
		}

		void read() throws IOException {
			ByteBuffer into = Calls.this.buffer.clear();
			int count = open().read(into);
			if (count < 0) {
				throw new IOException("closed");
			}
			byte[] piece = new byte[count];
			into.flip().get(piece);
			this.answer.writeBytes(piece);
			if (this.answer.size() >= this.least && (this.least != CHUNKED || endsInChunk(piece))) {
				look();
			}
		}

		private static boolean endsInChunk(byte[] piece) {
			return piece.length < 5
					|| new String(piece, piece.length - 5, 5, StandardCharsets.ISO_8859_1).equals("0\r\n\r\n");
		}

		// A long answer is only looked at when all of it may be there.
		private void look() {
			String text = this.answer.toString(StandardCharsets.ISO_8859_1);
			int head = text.indexOf("\r\n\r\n");
			if (head < 0) {
				return;
			}
			int length = length(text.substring(0, head).toLowerCase(Locale.ROOT));
			this.least = (length != CHUNKED) ? head + 4 + length : CHUNKED;
			if ((length != CHUNKED) ? this.least > text.length() : !text.endsWith("0\r\n\r\n")) {
				return;
			}
			Call done = Objects.requireNonNull(this.call);
			this.call = null;
			Calls.this.idle.add(this);
			done.answer().came(Integer.parseInt(text.substring(9, 12)), text.substring(head + 4));
		}

		private SocketChannel open() {
			return Objects.requireNonNull(this.channel);
		}

		private static int length(String headers) {
			if (headers.contains("transfer-encoding: chunked")) {
				return CHUNKED;
			}
			int at = headers.indexOf("content-length:");
			if (at < 0) {
				return 0;
			}
			int end = headers.indexOf('\r', at);
			return Integer.parseInt(headers.substring(at + 15, (end < 0) ? headers.length() : end).strip());
		}

		void broke() {
			try {
				if (this.channel != null) {
					this.channel.close();
				}
			}
			catch (IOException ex) {
				// It is gone either way.
			}
			this.channel = null;
			LockSupport.parkNanos(1_000_000);
			if (this.call != null) {
				Calls.this.waiting.add(this.call);
				this.call = null;
				Calls.this.idle.add(this);
			}
		}

	}

}
