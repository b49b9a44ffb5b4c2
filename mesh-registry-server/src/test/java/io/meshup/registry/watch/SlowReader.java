package io.meshup.registry.watch;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A watcher that takes little of its connection at a time.
 */
final class SlowReader implements AutoCloseable {

	private final Socket socket = new Socket();

	private final AtomicLong read = new AtomicLong();

	private final Thread thread;

	private final int bytes;

	private final Duration pause;

	private volatile boolean isSlow = true;

	/**
	 * Connects and begins to read.
	 * @param url with path and query
	 * @param token the join token
	 * @param bytes how much it takes at a time
	 * @param pause how long it then does nothing
	 */
	SlowReader(URI url, String token, int bytes, Duration pause) throws IOException {
		this.socket.setReceiveBufferSize(4096);
		this.socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
		String request = "GET " + url.getRawPath() + "?" + url.getRawQuery() + " HTTP/1.1\r\nHost: "
				+ url.getAuthority() + "\r\nAuthorization: Bearer " + token + "\r\nAccept: text/event-stream\r\n\r\n";
		this.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		this.bytes = bytes;
		this.pause = pause;
		this.thread = new Thread(this::take, "slow-reader");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Does not pause any more.
	 */
	void hurry() {
		this.isSlow = false;
		this.thread.interrupt();
	}

	/**
	 * How much it has taken so far.
	 * @return bytes, with the answer's head
	 */
	long read() {
		return this.read.get();
	}

	/**
	 * Whether it has noticed that its connection has ended.
	 * @return {@code false} as long as it can read
	 */
	boolean isAtItsEnd() {
		return !this.thread.isAlive();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private void take() {
		byte[] some = new byte[this.bytes];
		try {
			InputStream in = this.socket.getInputStream();
			for (int count = in.read(some); count >= 0; count = in.read(some)) {
				this.read.addAndGet(count);
				pause();
			}
		}
		catch (SocketException ex) {
			// Cut off by a reset: what was on its way is gone.
		}
		catch (IOException ex) {
			throw new IllegalStateException("The slow watcher cannot read", ex);
		}
	}

	private void pause() {
		try {
			if (this.isSlow) {
				Thread.sleep(this.pause.toMillis());
			}
		}
		catch (InterruptedException ex) {
			// It does not pause any more.
		}
	}

}
