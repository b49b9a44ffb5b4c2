package io.meshup.benchmarks.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Real watch streams, read by one thread: they count bytes, note when a text comes, and
 * connect again as clients do, at once and then with full jitter up to 2 s, also when a
 * connection is not made within 2 s.
 */
final class Lines implements AutoCloseable {

	private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(2);

	/** By default as many as there are: nobody waits for anybody, as in a real storm. */
	private static final int CONNECTING_AT_ONCE = Integer.getInteger("connecting", 100_000);

	private final Selector selector;

	private final int port;

	private final String token;

	private final Queue<Line> added = new ConcurrentLinkedQueue<>();

	private final PriorityQueue<Line> due = new PriorityQueue<>(Comparator.comparingLong((line) -> line.dueNanos));

	private final Deque<Line> knocking = new ArrayDeque<>();

	private final List<Line> lines = new ArrayList<>();

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	private final Random random = new Random(7);

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);

	private volatile Probe probe = new Probe("\0", 0);

	private volatile boolean running = true;

	private int connecting;

	private final Queue<Long> taken = new ConcurrentLinkedQueue<>();

	Lines(int port, String token) throws IOException {
		this.selector = Selector.open();
		this.port = port;
		this.token = token;
		Thread thread = new Thread(this::run, "lines");
		thread.setDaemon(true);
		thread.start();
	}

	void add(String query) {
		this.added.add(new Line(query));
		this.selector.wakeup();
	}

	int open() {
		return this.open.get();
	}

	long bytes() {
		return this.bytes.get();
	}

	/**
	 * How many lines were taken within a second at most since it was asked the last time.
	 * @return lines whose first byte came
	 */
	int topSecond() {
		Deque<Long> second = new ArrayDeque<>();
		int top = 0;
		for (Long at = this.taken.poll(); at != null; at = this.taken.poll()) {
			second.add(at);
			while (at - second.peek() >= 1_000_000_000L) {
				second.remove();
			}
			top = Math.max(top, second.size());
		}
		return top;
	}

	/**
	 * Waits until all have noticed that the registry is gone.
	 */
	void awaitNone() {
		RegistryComparison.await(() -> open() == 0, 30, () -> open() + " lines are still open");
	}

	/**
	 * Looks out for a text from now on.
	 * @param text characters of ASCII that stands in one event only
	 * @param count how many lines are expected to bring it
	 * @return is told of each line that does
	 */
	Probe expect(String text, int count) {
		this.probe = new Probe(text, count);
		return this.probe;
	}

	@Override
	public void close() throws IOException {
		this.running = false;
		this.selector.wakeup();
	}

	private void run() {
		try {
			while (this.running) {
				this.selector.select(this::ready, 20);
				begin();
			}
			for (Line line : this.lines) {
				line.end();
			}
			this.selector.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException("the lines broke down", ex);
		}
	}

	private void begin() {
		for (Line line = this.added.poll(); line != null; line = this.added.poll()) {
			this.lines.add(line);
			this.due.add(line);
		}
		while (this.connecting < CONNECTING_AT_ONCE && !this.due.isEmpty()
				&& this.due.peek().dueNanos <= System.nanoTime()) {
			this.due.remove().connect();
		}
		while (!this.knocking.isEmpty() && System.nanoTime() - this.knocking.peek().knockedNanos >= CONNECT_NANOS) {
			this.knocking.remove().giveUp();
		}
	}

	private void ready(SelectionKey key) {
		Line line = (Line) key.attachment();
		try {
			if (key.isConnectable()) {
				line.connected(key);
			}
			else if (key.isReadable()) {
				line.read();
			}
		}
		catch (IOException ex) {
			line.broke();
		}
	}

	/**
	 * When lines brought a text.
	 */
	static final class Probe {

		private final byte[] text;

		private final long[] arrivals;

		private final AtomicInteger count = new AtomicInteger();

		Probe(String text, int count) {
			this.text = text.getBytes(StandardCharsets.US_ASCII);
			this.arrivals = new long[count];
		}

		boolean isComplete() {
			return this.count.get() >= this.arrivals.length;
		}

		int count() {
			return this.count.get();
		}

		/**
		 * When each line brought it.
		 * @return nanoseconds as of {@link System#nanoTime()}
		 */
		long[] arrivals() {
			return Arrays.copyOf(this.arrivals, Math.min(this.count.get(), this.arrivals.length));
		}

		private void seen() {
			int index = this.count.get();
			if (index < this.arrivals.length) {
				this.arrivals[index] = System.nanoTime();
				this.count.incrementAndGet();
			}
		}

	}

	private final class Line {

		private final String query;

		private @Nullable SocketChannel channel;

		private long dueNanos = System.nanoTime();

		private boolean isOpen;

		private boolean isAgain;

		private boolean isKnocking;

		private long knockedNanos;

		private byte[] tail = new byte[0];

		private @Nullable Probe sawLast;

		Line(String query) {
			this.query = query;
		}

		void connect() {
			try {
				Lines.this.connecting++;
				this.isKnocking = true;
				this.knockedNanos = System.nanoTime();
				Lines.this.knocking.add(this);
				SocketChannel opened = SocketChannel.open();
				this.channel = opened;
				opened.configureBlocking(false);
				opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
				opened.register(Lines.this.selector, SelectionKey.OP_CONNECT, this);
				opened.connect(new InetSocketAddress("127.0.0.1", Lines.this.port));
			}
			catch (IOException ex) {
				broke();
			}
		}

		void connected(SelectionKey key) throws IOException {
			Objects.requireNonNull(this.channel).finishConnect();
			stopKnocking();
			String request = "GET /api/v1/watch?" + this.query + " HTTP/1.1\r\nHost: r\r\nAuthorization: Bearer "
					+ Lines.this.token + "\r\nAccept: text/event-stream\r\n\r\n";
			Objects.requireNonNull(this.channel).write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
			key.interestOps(SelectionKey.OP_READ);
		}

		void read() throws IOException {
			ByteBuffer into = Lines.this.buffer.clear();
			int count = Objects.requireNonNull(this.channel).read(into);
			if (count < 0) {
				broke();
				return;
			}
			Lines.this.bytes.addAndGet(count);
			byte[] piece = new byte[count];
			into.flip().get(piece);
			if (!this.isOpen) {
				this.isOpen = true;
				Lines.this.connecting--;
				Lines.this.taken.add(System.nanoTime());
				Lines.this.open.incrementAndGet();
				String head = new String(piece, 0, Math.min(count, 12), StandardCharsets.US_ASCII);
				if (!head.equals("HTTP/1.1 200")) {
					System.err.println("a line was refused: " + new String(piece, StandardCharsets.US_ASCII));
				}
			}
			look(piece);
		}

		private void look(byte[] piece) {
			Probe wanted = Lines.this.probe;
			if (wanted == this.sawLast || wanted.text[0] == 0) {
				return;
			}
			byte[] all = Arrays.copyOf(this.tail, this.tail.length + piece.length);
			System.arraycopy(piece, 0, all, this.tail.length, piece.length);
			if (contains(all, wanted.text)) {
				this.sawLast = wanted;
				wanted.seen();
			}
			this.tail = Arrays.copyOfRange(all, Math.max(0, all.length - 100), all.length);
		}

		private static boolean contains(byte[] all, byte[] text) {
			for (int i = 0; i <= all.length - text.length; i++) {
				if (all[i] == text[0] && Arrays.equals(all, i, i + text.length, text, 0, text.length)) {
					return true;
				}
			}
			return false;
		}

		// Else the system would try again after 1, 3, 7, 15 and 31 s.
		private void giveUp() {
			if (this.isKnocking) {
				broke();
			}
		}

		private void stopKnocking() {
			this.isKnocking = false;
		}

		void broke() {
			stopKnocking();
			if (this.isOpen) {
				Lines.this.open.decrementAndGet();
			}
			else {
				Lines.this.connecting--;
			}
			this.isOpen = false;
			end();
			this.dueNanos = System.nanoTime() + (this.isAgain ? (long) (Lines.this.random.nextDouble() * 2e9) : 0);
			this.isAgain = true;
			Lines.this.due.add(this);
		}

		void end() {
			try {
				if (this.channel != null) {
					this.channel.close();
				}
			}
			catch (IOException ex) {
				// It is gone either way.
			}
		}

	}

}
