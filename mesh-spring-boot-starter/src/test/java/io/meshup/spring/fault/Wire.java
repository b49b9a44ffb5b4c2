package io.meshup.spring.fault;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/**
 * One direction of one connection. Used by the thread that carries its bytes; it may be
 * reset by any.
 */
public final class Wire {

	private final Socket from;

	private final Socket to;

	private final boolean answer;

	private long passed;

	private boolean broken;

	Wire(Socket from, Socket to, boolean answer) {
		this.from = from;
		this.to = to;
		this.answer = answer;
	}

	// Whether it carries the server's bytes.
	boolean isAnswer() {
		return this.answer;
	}

	// How many bytes have passed since the connection began.
	long passed() {
		return this.passed;
	}

	boolean isBroken() {
		return this.broken;
	}

	void markBroken() {
		this.broken = true;
	}

	void pass(byte[] bytes, int length) throws IOException {
		this.to.getOutputStream().write(bytes, 0, length);
		this.passed += length;
	}

	void reset() throws IOException {
		reset(this.from);
		reset(this.to);
	}

	// The thread that carries the bytes may close it in this very moment.
	private static void reset(Socket socket) throws IOException {
		try {
			socket.setSoLinger(true, 0);
			socket.close();
		}
		catch (SocketException ex) {
			if (!socket.isClosed()) {
				throw ex;
			}
		}
	}

	void end() throws IOException {
		this.to.close();
		this.from.close();
	}

	Socket from() {
		return this.from;
	}

}
