package io.meshup.cache;

import java.io.ByteArrayOutputStream;

import org.jspecify.annotations.Nullable;

/**
 * A response on its way to the application, as far as it came. Used by the thread that
 * reads it.
 */
final class Recording {

	/** A larger body would push out too much. */
	static final int LARGEST = 1024 * 1024;

	private static final int USUAL = 4 * 1024;

	private final Head head;

	private final Terms terms;

	private final long declared;

	private final ByteArrayOutputStream bytes;

	Recording(Head head, Terms terms, @Nullable String length) {
		this.head = head;
		this.terms = terms;
		this.declared = (length != null && length.matches("[0-9]{1,18}")) ? Long.parseLong(length) : -1;
		this.bytes = new ByteArrayOutputStream(
				(this.declared >= 0 && this.declared <= LARGEST) ? (int) this.declared : USUAL);
	}

	boolean isTooLarge() {
		return this.declared > LARGEST;
	}

	// Returns whether the body is still one to keep.
	boolean add(byte[] part, int offset, int length) {
		if (this.bytes.size() + length > LARGEST) {
			return false;
		}
		this.bytes.write(part, offset, length);
		return true;
	}

	// Whether as much came as was announced.
	boolean isWhole() {
		return this.bytes.size() == this.declared;
	}

	KeptResponse response(CacheUse use, long now) {
		return new KeptResponse(use.variant(this.terms), this.head, this.bytes.toByteArray(), this.terms, now);
	}

}
