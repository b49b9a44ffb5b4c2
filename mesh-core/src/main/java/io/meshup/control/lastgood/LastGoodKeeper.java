package io.meshup.control.lastgood;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.meshup.control.link.Timing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the last good state at most once a second, when it has changed, off the threads
 * that beat and watch. A disk that fails is told once per streak and tried again.
 */
public final class LastGoodKeeper {

	private static final Duration PACE = Duration.ofSeconds(1);

	private static final Duration CONFIRMED_EACH = Duration.ofMinutes(5);

	private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

	private static final Logger logger = LoggerFactory.getLogger(LastGoodKeeper.class);

	private final Timing timing;

	private final Executor workers;

	private final Path path;

	private final LastGoodFile file;

	private final CacheDirectory directory;

	private final Supplier<LastGood> state;

	private volatile boolean ended;

	private boolean scheduled;

	private boolean dirty;

	private boolean failing;

	public LastGoodKeeper(Timing timing, Executor workers, Path path, Supplier<LastGood> state) {
		this.timing = timing;
		this.workers = workers;
		this.path = path.toAbsolutePath();
		this.directory = new CacheDirectory(this.path.resolveSibling("").toAbsolutePath());
		this.file = new LastGoodFile(this.path, this.directory);
		this.state = state;
	}

	public Optional<LastGood> load() {
		this.directory.sweep(this.path.getFileName() + ".");
		return this.file.read();
	}

	/**
	 * How old the file is: nobody has confirmed what stands in it for so long.
	 * @return its age, zero where there is none
	 */
	public Duration age() {
		return this.file.age();
	}

	/**
	 * Notes now and then that what was written holds still, so that its age tells how
	 * long the registry was not heard.
	 * @param isHeard whether the registry is heard at present
	 */
	public void confirmWhile(BooleanSupplier isHeard) {
		var unused = this.timing.after(CONFIRMED_EACH, () -> {
			if (!this.ended) {
				this.workers.execute(() -> confirm(isHeard.getAsBoolean()));
				confirmWhile(isHeard);
			}
		});
	}

	/**
	 * Writes and notes for the last time.
	 * @param wasHeard whether the registry was heard until now
	 */
	public void end(boolean wasHeard) {
		this.ended = true;
		flush();
		confirm(wasHeard);
	}

	private void confirm(boolean isHeard) {
		try {
			if (isHeard) {
				this.file.confirm();
			}
		}
		catch (IOException ex) {
			logger.debug("That the last good state holds still cannot be noted: {}", ex.toString());
		}
	}

	public synchronized void changed() {
		this.dirty = true;
		schedule(PACE);
	}

	/**
	 * Writes what has not been written yet.
	 */
	public void flush() {
		synchronized (this) {
			if (!this.dirty) {
				return;
			}
			this.dirty = false;
		}
		write();
	}

	private synchronized void schedule(Duration delay) {
		if (!this.scheduled) {
			this.scheduled = true;
			var unused = this.timing.after(delay, () -> this.workers.execute(this::tick));
		}
	}

	private void tick() {
		synchronized (this) {
			this.scheduled = false;
		}
		flush();
	}

	private void write() {
		try {
			this.file.write(this.state.get());
			written();
		}
		catch (IOException | RuntimeException ex) {
			failed(ex);
		}
	}

	private synchronized void written() {
		if (this.failing) {
			logger.info("The last good state can be written to '{}' again", this.path);
		}
		this.failing = false;
	}

	private synchronized void failed(Exception ex) {
		if (this.failing) {
			logger.debug("The last good state still cannot be written: {}", ex.toString());
		}
		else {
			logger.warn("The last good state cannot be written to '{}', so a start during an outage of the registry "
					+ "will know nobody: {}", this.path, ex.toString());
		}
		this.failing = true;
		this.dirty = true;
		schedule(AFTER_FAILURE);
	}

}
