package io.meshup.spring.blocking.call;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.meshup.traffic.OutboundCall;

/**
 * Tells a call when the body of its response ends: at its last byte, at an error, or when
 * the application closes it.
 */
public final class DeliveredBody extends FilterInputStream {

	private final OutboundCall call;

	private final boolean captured;

	public DeliveredBody(InputStream body, OutboundCall call, boolean captured) {
		super(body);
		this.call = call;
		this.captured = captured;
	}

	@Override
	public int read() throws IOException {
		try {
			int value = ended(super.read());
			if (this.captured && value >= 0) {
				this.call.onBody(new byte[] { (byte) value }, 0, 1);
			}
			return value;
		}
		catch (IOException ex) {
			throw broken(ex);
		}
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		try {
			int read = ended(super.read(bytes, offset, length));
			if (this.captured && read > 0) {
				this.call.onBody(bytes, offset, read);
			}
			return read;
		}
		catch (IOException ex) {
			throw broken(ex);
		}
	}

	// What is skipped belongs to the body as well.
	@Override
	public long skip(long count) throws IOException {
		if (!this.captured) {
			return super.skip(count);
		}
		int read = (count > 0) ? read(new byte[(int) Math.min(8192, count)]) : 0;
		return Math.max(0, read);
	}

	@Override
	public boolean markSupported() {
		return !this.captured && super.markSupported();
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
			this.call.onBodyEnd();
			this.call.onEnd(null);
		}
		return read;
	}

	private IOException broken(IOException ex) {
		this.call.onEnd(ex);
		return ex;
	}

}
