package io.meshup.spring.blocking.call;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineTests {

	private final DeadlineTimer timer = new DeadlineTimer();

	@AfterEach
	void close() {
		this.timer.close();
		Thread.interrupted();
	}

	@Test
	void takesItsOwnInterruptBack() {
		Deadline deadline = new Deadline();
		deadline.run();
		boolean interrupted = Thread.currentThread().isInterrupted();

		assertThat(deadline.stop()).isTrue();
		assertThat(interrupted).isTrue();
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void keepsTheInterruptOfSomebodyElse() {
		Deadline deadline = new Deadline();
		Thread.currentThread().interrupt();
		deadline.run();

		assertThat(deadline.stop()).isTrue();
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
	}

	@Test
	void doesNotInterruptOnceItIsStopped() {
		Deadline deadline = new Deadline();

		assertThat(deadline.stop()).isFalse();
		deadline.run();

		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void interruptsWhenTheTimeIsOver() {
		Thread caller = Thread.currentThread();
		Deadline deadline = this.timer.start(Duration.ofMillis(20));

		long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
		while (!caller.isInterrupted() && System.nanoTime() < end) {
			Thread.onSpinWait();
		}

		assertThat(deadline.stop()).isTrue();
	}

	@Test
	void neverInterruptsWithoutALimit() {
		Deadline deadline = this.timer.start(Duration.ZERO);

		assertThat(deadline.stop()).isFalse();
	}

}
