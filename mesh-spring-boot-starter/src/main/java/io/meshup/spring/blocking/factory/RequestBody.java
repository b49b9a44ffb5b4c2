package io.meshup.spring.blocking.factory;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.StreamingHttpOutputMessage;

/**
 * The body of one call, written once for each attempt. Whether it can be written twice is
 * decided before anything is held in memory: its source says so, or its declared length
 * is small; everything else streams and is sent once. Some clients write on a thread of
 * their own.
 */
final class RequestBody implements StreamingHttpOutputMessage.Body {

	/** As Linkerd: larger bodies are not held for a retry. */
	private static final int LARGEST_KEPT = 64 * 1024;

	private final StreamingHttpOutputMessage.Body source;

	private final boolean kept;

	private volatile byte @Nullable [] copy;

	private volatile boolean started;

	private volatile boolean ownFault;

	RequestBody(StreamingHttpOutputMessage.Body source, long length) {
		this.source = source;
		this.kept = !source.repeatable() && length >= 0 && length <= LARGEST_KEPT;
	}

	boolean isReplayable() {
		return repeatable() || !this.started;
	}

	/**
	 * Whether the application's own code failed while it wrote.
	 * @return {@code true} where the connection is not to blame
	 */
	boolean isOwnFault() {
		return this.ownFault;
	}

	@Override
	public boolean repeatable() {
		return this.kept || this.source.repeatable();
	}

	@Override
	public void writeTo(OutputStream output) throws IOException {
		this.started = true;
		if (!this.kept) {
			write(output);
			return;
		}
		byte[] bytes = this.copy;
		if (bytes == null) {
			ByteArrayOutputStream memory = new ByteArrayOutputStream();
			write(memory);
			bytes = memory.toByteArray();
			this.copy = bytes;
		}
		output.write(bytes);
	}

	private void write(OutputStream output) throws IOException {
		Connection connection = new Connection(output);
		try {
			this.source.writeTo(connection);
		}
		catch (IOException | RuntimeException ex) {
			this.ownFault = !connection.failed;
			throw ex;
		}
	}

	/**
	 * Remembers whether writing to the connection failed.
	 */
	private static final class Connection extends FilterOutputStream {

		private boolean failed;

		private Connection(OutputStream output) {
			super(output);
		}

		@Override
		public void write(int value) throws IOException {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			boolean written = false;
			try {
				this.out.write(bytes, offset, length);
				written = true;
			}
			finally {
				this.failed |= !written;
			}
		}

		@Override
		public void flush() throws IOException {
			boolean flushed = false;
			try {
				this.out.flush();
				flushed = true;
			}
			finally {
				this.failed |= !flushed;
			}
		}

		@Override
		public void close() throws IOException {
			flush();
		}

	}

}
