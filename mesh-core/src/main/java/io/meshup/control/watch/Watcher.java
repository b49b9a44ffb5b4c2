package io.meshup.control.watch;

import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.meshup.control.event.EventStream;
import io.meshup.control.event.SseParser;
import io.meshup.control.link.BoundedBody;
import io.meshup.control.link.Health;
import io.meshup.control.link.Link;
import io.meshup.control.link.Resume;
import io.meshup.control.link.Timing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the watch open: one line at a time, no limit on its length, but a watchdog that
 * cuts it after a silence, and a new one whenever it ends.
 */
public final class Watcher {

	private static final Logger logger = LoggerFactory.getLogger(Watcher.class);

	private static final int CONFLICT = 409;

	private final Timing timing;

	private final HttpClient http;

	private final Link link;

	private final Feeding feeding;

	private final Backoff backoff;

	private @Nullable Line line;

	private @Nullable Line next;

	private boolean again;

	private @Nullable Future<?> opening;

	private @Nullable String id;

	private boolean closed;

	public Watcher(Timing timing, HttpClient http, Link link, Feeding feeding) {
		this.timing = timing;
		this.http = http;
		this.link = link;
		this.feeding = feeding;
		this.backoff = new Backoff(timing, link.urls().size());
	}

	public synchronized void start() {
		openAfter(Duration.ZERO);
	}

	/**
	 * Makes the line that of an instance, or that of a mere reader.
	 * @param instance its id, or {@code null} for a reader
	 */
	public synchronized void speakFor(@Nullable String instance) {
		if (Objects.equals(this.id, instance) || this.closed) {
			return;
		}
		this.id = instance;
		boolean wasOpen = this.line != null;
		cutAll();
		if (wasOpen) {
			openAfter(Duration.ZERO);
		}
	}

	/**
	 * What is watched has changed: a new line is opened beside the present one, which is
	 * cut when the new one holds, so that the lease always has a line.
	 */
	public synchronized void renew() {
		if (this.closed || this.line == null) {
			return;
		}
		if (this.next != null || !this.line.connected) {
			this.again = true;
			return;
		}
		this.again = false;
		if (this.feeding.feed().isComplete()) {
			return;
		}
		this.next = new Line(this.line.registry);
		this.next.open(this.id);
	}

	/**
	 * Opens the line at the registry that is the present one by now.
	 */
	public synchronized void moveOn() {
		if (this.closed || this.opening == null) {
			return;
		}
		this.opening.cancel(false);
		cutAll();
		openAfter(Duration.ZERO);
	}

	public synchronized void close() {
		this.closed = true;
		if (this.opening != null) {
			this.opening.cancel(false);
		}
		cutAll();
	}

	private void cutAll() {
		Line old = this.line;
		Line other = this.next;
		this.line = null;
		this.next = null;
		if (old != null) {
			old.cut();
		}
		if (other != null) {
			other.cut();
		}
	}

	private synchronized void openAfter(Duration delay) {
		if (!this.closed) {
			this.opening = this.timing.after(delay, this::open);
		}
	}

	private synchronized void open() {
		if (this.closed || this.line != null) {
			return;
		}
		URI registry = this.link.urls().current();
		this.link.health().trying(registry);
		Line opened = new Line(registry);
		this.line = opened;
		opened.open(this.id);
	}

	private synchronized boolean isCurrent(Line other) {
		return this.line == other;
	}

	private synchronized boolean isOpening(Line other) {
		return this.line == other || this.next == other;
	}

	// A line holds: from now on events are its alone.
	private synchronized boolean connected(Line opened, Resume resume) {
		if (!isOpening(opened)) {
			return false;
		}
		Line old = this.line;
		this.line = opened;
		opened.connected = true;
		this.feeding.feed().begin(resume);
		if (this.next == opened) {
			this.next = null;
			if (old != null) {
				old.cut();
			}
		}
		if (this.again) {
			renew();
		}
		return true;
	}

	// A line beside the present one ended before it held, or the present one ended while
	// another is being opened. Returns whether nothing else is to be done.
	private boolean endedBeside(Line ended) {
		if (this.next == ended) {
			this.next = null;
			this.feeding.feed().abandon();
			this.opening = this.timing.after(this.backoff.next(), this::renew);
			return true;
		}
		if (this.line == ended && this.next != null) {
			this.line = this.next;
			this.next = null;
		}
		return this.line != ended;
	}

	private void ended(Line ended, @Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
		synchronized (this) {
			if (endedBeside(ended)) {
				return;
			}
			this.line = null;
			if (answer != null && answer.statusCode() == CONFLICT) {
				this.id = null;
			}
		}
		this.link.health().disconnected();
		if (answer != null && !ended.connected) {
			this.link.urls().failed(ended.registry);
			this.link.refused(Health.Channel.LINE, ended.registry, answer);
		}
		else if (failure != null && (!ended.connected || isUnreadable(failure))) {
			this.link.unreachable(Health.Channel.LINE, ended.registry, failure);
		}
		else {
			logger.debug("The line to the registry at {} ended: {}", ended.registry, String.valueOf(failure));
		}
		openAfter(this.backoff.next());
	}

	private static boolean isUnreadable(Throwable failure) {
		return failure instanceof ProtocolException || failure.getCause() instanceof ProtocolException;
	}

	/**
	 * What the watch asks for and who takes it.
	 *
	 * @param feed knows what to ask for and takes the events
	 * @param silence the longest silence before the line is cut
	 * @param onConnected told each time a line is open
	 */
	public record Feeding(SnapshotFeed feed, Duration silence, Runnable onConnected) {
	}

	private final class Line implements HttpResponse.BodyHandler<byte[]> {

		private final URI registry;

		private final CompletableFuture<Void> cut = new CompletableFuture<>();

		private volatile long lastByte;

		private volatile boolean connected;

		private volatile @Nullable Resume resume;

		private volatile @Nullable Future<?> watchdog;

		Line(URI registry) {
			this.registry = registry;
			this.lastByte = Watcher.this.timing.now();
		}

		void open(@Nullable String instance) {
			Resume asked = Watcher.this.feeding.feed().prepare();
			this.resume = asked;
			CompletableFuture<HttpResponse<byte[]>> stream;
			try {
				stream = Watcher.this.http.sendAsync(Watcher.this.link.requests().watch(this.registry, instance, asked),
						this);
			}
			catch (RuntimeException ex) {
				stream = CompletableFuture.failedFuture(ex);
			}
			CompletableFuture<HttpResponse<byte[]>> sent = stream;
			CompletableFuture<?> unusedCut = this.cut.thenRun(() -> sent.cancel(true));
			watch();
			CompletableFuture<?> unused = sent.handleAsync((answer, failure) -> {
				end(answer, failure);
				return null;
			}, Watcher.this.timing.scheduler());
		}

		void cut() {
			this.cut.complete(null);
		}

		private void end(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
			Future<?> dog = this.watchdog;
			if (dog != null) {
				dog.cancel(false);
			}
			ended(this, answer, failure);
		}

		private void watch() {
			Duration left = Watcher.this.feeding.silence().minus(Watcher.this.timing.since(this.lastByte));
			if (left.isNegative() || left.isZero()) {
				logger.debug("No byte from the registry at {} for {}", this.registry, Watcher.this.feeding.silence());
				cut();
				return;
			}
			if (isOpening(this)) {
				this.watchdog = Watcher.this.timing.after(left, this::watch);
			}
		}

		@Override
		public BodySubscriber<byte[]> apply(ResponseInfo info) {
			if (!EventStream.isOne(info)) {
				return new BoundedBody();
			}
			Resume asked = this.resume;
			if (asked != null && connected(this, asked)) {
				heard();
				Watcher.this.backoff.connected();
				Watcher.this.link.health().connected(this.registry);
				Watcher.this.feeding.onConnected().run();
			}
			return new EventStream(this::heard, this::take);
		}

		private void heard() {
			this.lastByte = Watcher.this.timing.now();
			Watcher.this.link.urls().heard(this.registry);
		}

		private boolean take(SseParser.Event event) {
			Resume asked = this.resume;
			if (asked == null || !isCurrent(this) || !Watcher.this.feeding.feed().take(asked, event)) {
				return false;
			}
			if (event.type().equals("peers")) {
				Future<?> unused = Watcher.this.timing.after(Duration.ZERO, Watcher.this::renew);
			}
			return true;
		}

	}

}
