package io.meshup.spring.blocking.call;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread that made it when its time is over, and takes the interrupt back
 * when it is stopped. An interrupt by somebody else stays.
 */
final class Deadline implements Runnable {

	private static final int RUNNING = 0;

	private static final int STOPPED = 1;

	private static final int FIRING = 2;

	private static final int FIRED = 3;

	private final Thread thread = Thread.currentThread();

	private final AtomicInteger state = new AtomicInteger(RUNNING);

	private boolean interruptedBefore;

	private @Nullable Future<?> alarm;

	void alarm(Future<?> alarm) {
		this.alarm = alarm;
	}

	@Override
	public void run() {
		if (!this.state.compareAndSet(RUNNING, FIRING)) {
			return;
		}
		this.interruptedBefore = this.thread.isInterrupted();
		this.thread.interrupt();
		this.state.set(FIRED);
	}

	/**
	 * Ends the watch; only the thread that made it may call this, once.
	 * @return whether the time was over
	 */
	boolean stop() {
		if (this.state.compareAndSet(RUNNING, STOPPED)) {
			if (this.alarm != null) {
				this.alarm.cancel(false);
			}
			return false;
		}
		while (this.state.get() == FIRING) {
			Thread.onSpinWait();
		}
		if (!this.interruptedBefore) {
			Thread.interrupted();
		}
		return true;
	}

}
