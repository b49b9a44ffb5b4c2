package io.meshup.spring.inbound.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.meshup.spring.drain.DrainListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers that have no end of their own: event streams and WebSockets. When no caller
 * chooses this instance any more they are told to go, so that their clients connect
 * elsewhere and the stop need not wait for them. Thread-safe.
 */
public final class OpenStreams implements DrainListener {

	private static final Logger logger = LoggerFactory.getLogger(OpenStreams.class);

	private final Set<Stream> open = ConcurrentHashMap.newKeySet();

	private volatile boolean draining;

	private volatile boolean drained;

	/**
	 * Whether clients should not keep their connections for another request.
	 * @return {@code true} from the moment on at which callers are told
	 */
	public boolean isDraining() {
		return this.draining;
	}

	/**
	 * Counts a stream until it is closed.
	 * @param end tells its client to go; may be called on any thread, once
	 * @return to be closed when the stream is over
	 */
	public Stream open(Runnable end) {
		Stream stream = new Stream(end);
		this.open.add(stream);
		if (this.drained) {
			stream.end();
		}
		return stream;
	}

	@Override
	public void onDraining() {
		this.draining = true;
	}

	@Override
	public void onDrained() {
		this.drained = true;
		int count = this.open.size();
		this.open.forEach(Stream::end);
		if (count > 0) {
			logger.info("Open streams were told to go: {}", count - this.open.size());
		}
	}

	@Override
	public void onReturning() {
		this.draining = false;
		this.drained = false;
	}

	/**
	 * One open stream.
	 */
	public final class Stream {

		private final Runnable end;

		private Stream(Runnable end) {
			this.end = end;
		}

		/**
		 * It is over.
		 */
		public void close() {
			OpenStreams.this.open.remove(this);
		}

		private void end() {
			if (!OpenStreams.this.open.remove(this)) {
				return;
			}
			try {
				this.end.run();
			}
			catch (RuntimeException ex) {
				logger.debug("A stream could not be told to go; it ends with the server", ex);
			}
		}

	}

}
