package io.meshup.spring.contract;

import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A long stream of zeros that tells how much of it was read.
 */
final class Source extends InputStream {

	private final int size;

	private final AtomicInteger read = new AtomicInteger();

	Source(int size) {
		this.size = size;
	}

	int size() {
		return this.size;
	}

	int consumed() {
		return this.read.get();
	}

	@Override
	public int read() {
		return (this.read.get() < this.size) ? 0 * this.read.incrementAndGet() : -1;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) {
		int count = Math.min(length, this.size - this.read.get());
		this.read.addAndGet(count);
		return (count > 0) ? count : -1;
	}

}
