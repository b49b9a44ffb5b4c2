package io.meshup.spring.blocking;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.meshup.traffic.OutboundCall;

/**
 * Tells a call when the body of its response ends: at its last byte, at an error, or when
 * the application closes it.
 */
final class DeliveredBody extends FilterInputStream {

	private final OutboundCall call;

	DeliveredBody(InputStream body, OutboundCall call) {
		super(body);
		this.call = call;
	}

	@Override
	public int read() throws IOException {
		try {
			return ended(super.read());
		}
		catch (IOException ex) {
			throw broken(ex);
		}
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		try {
			return ended(super.read(bytes, offset, length));
		}
		catch (IOException ex) {
			throw broken(ex);
		}
	}

	@Override
	public void close() throws IOException {
		try {
			super.close();
		}
		finally {
			this.call.onEnd(null);
		}
	}

	private int ended(int read) {
		if (read < 0) {
			this.call.onEnd(null);
		}
		return read;
	}

	private IOException broken(IOException ex) {
		this.call.onEnd(ex);
		return ex;
	}

}
