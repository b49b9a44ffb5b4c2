package io.meshup.registry.watch.push;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.watch.content.ContentSource;
import io.meshup.registry.watch.image.Images;
import io.meshup.registry.watch.stream.WatchRequest;
import io.meshup.registry.watch.stream.WatchStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread and the clock of the {@link Push}, at the pace of {@link PushPace}.
 * Thread-safe; nothing here blocks the caller.
 */
public final class WatchHub implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WatchHub.class);

	private static final long TICK_MILLIS = 100;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread created = new Thread(task, "mesh-watch");
		created.setDaemon(true);
		return created;
	});

	private final AtomicBoolean isTaking = new AtomicBoolean();

	private final Push push;

	private volatile boolean isClosed;

	private final PushPace pace = new PushPace(System.nanoTime());

	public WatchHub(ContentSource source, WatchMeters meters) {
		this.push = new Push(source, new Images(source), meters, System::nanoTime);
		source.subscribe(this::arrive);
		this.thread.execute(guarded(this.push::begin));
		Future<?> unused = this.thread.scheduleAtFixedRate(guarded(this.push::tick), TICK_MILLIS, TICK_MILLIS,
				TimeUnit.MILLISECONDS);
	}

	public boolean isClosed() {
		return this.isClosed;
	}

	/**
	 * Opens a stream; its first events are all that the watcher has not got yet.
	 * @param request what it wants
	 * @param disconnect ends its connection
	 * @return the stream
	 */
	public WatchStream join(WatchRequest request, Runnable disconnect) {
		WatchStream stream = this.push.stream(request, disconnect);
		if (this.isClosed) {
			stream.end();
			return stream;
		}
		this.thread.execute(guarded(() -> this.push.join(stream)));
		return stream;
	}

	public void leave(WatchStream stream) {
		stream.end();
		if (!this.isClosed) {
			this.thread.execute(() -> this.push.leave(stream));
		}
	}

	/**
	 * Ends all streams and refuses new ones.
	 */
	@Override
	public void close() {
		this.isClosed = true;
		this.thread.shutdown();
		this.push.end();
	}

	private void arrive(ServiceChanged change) {
		this.push.arrived(change);
		if (this.isTaking.compareAndSet(false, true) && !this.isClosed) {
			this.thread.execute(guarded(this::pace));
		}
	}

	private void pace() {
		long left = this.pace.left(System.nanoTime());
		if (left > 0 && !this.isClosed) {
			Future<?> unused = this.thread.schedule(guarded(this::take), left, TimeUnit.NANOSECONDS);
			return;
		}
		take();
	}

	private void take() {
		this.isTaking.set(false);
		Push.Pushed pushed = this.pace.isCalm(System.nanoTime()) ? this.push.take() : this.push.takeUrgent();
		this.pace.pushed(System.nanoTime(), pushed.services(), pushed.events());
		if (this.push.isHolding() && this.isTaking.compareAndSet(false, true) && !this.isClosed) {
			Future<?> unused = this.thread.schedule(guarded(this::take), PushPace.MOST_NANOS, TimeUnit.NANOSECONDS);
		}
	}

	private Runnable guarded(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (RuntimeException | Error ex) {
				// Thrown on, it would end all further ticks.
				logger.error("A push to the watchers failed; the next one follows", ex);
			}
		};
	}

}
