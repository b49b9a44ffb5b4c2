package io.meshup.gateway.direct.attempt;

import java.util.concurrent.atomic.AtomicReference;

import reactor.netty.Connection;

/**
 * The connection that a request reads from: at most one at any time. A timeout, a caller
 * who leaves and the head of an answer meet from different threads; a connection that
 * comes for an attempt that is over is closed, because nobody else knows of it.
 * Thread-safe.
 */
final class OpenConnection {

	private static final Object NOTHING = new Object();

	private static final Object CLOSED = new Object();

	/** What is awaited, the connection that has come, or that nothing is. */
	private final AtomicReference<Object> state = new AtomicReference<>(NOTHING);

	/**
	 * An attempt begins; what the one before left is closed.
	 * @param attempt tells it from others
	 */
	void begin(Object attempt) {
		dispose(this.state.getAndAccumulate(attempt, OpenConnection::unlessClosed));
	}

	/**
	 * The answer to an attempt comes.
	 * @param attempt whose answer it is
	 * @param connection where its body comes from
	 */
	void keep(Object attempt, Connection connection) {
		if (!this.state.compareAndSet(attempt, connection)) {
			connection.dispose();
		}
	}

	/**
	 * Cuts the present connection, unless its body was read to the end.
	 */
	void drop() {
		begin(NOTHING);
	}

	/**
	 * The same, also with any that would come.
	 */
	void close() {
		dispose(this.state.getAndSet(CLOSED));
	}

	private static Object unlessClosed(Object now, Object next) {
		return (now != CLOSED) ? next : now;
	}

	private static void dispose(Object state) {
		if (state instanceof Connection connection) {
			connection.dispose();
		}
	}

}
