package io.meshup.spring.blocking.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.route.filter.HeaderChanges;
import io.meshup.traffic.step.RequestChanges;
import io.meshup.traffic.step.Step;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MirrorPool}.
 */
class MirrorPoolTests {

	private static final int THREADS = 4;

	private static final int QUEUED = 1_000;

	private static final Step.Mirror MIRROR = new Step.Mirror("inventory",
			new Instance("i1", "127.0.0.1", 9, "http", "v2", "default", null, 100, InstanceStatus.UP, Map.of()),
			new RequestChanges("", HeaderChanges.NONE, Map.of()));

	// T95
	@Test
	void dropsWhatDoesNotFitWhileTheMirrorIsSilent() throws Exception {
		CountDownLatch silence = new CountDownLatch(1);
		AtomicInteger begun = new AtomicInteger();
		TextExchange exchange = new TextExchange(() -> {
			begun.incrementAndGet();
			awaitUninterrupted(silence);
			throw new IllegalStateException("gone");
		});

		try (DeadlineTimer timer = new DeadlineTimer(); MirrorPool mirrors = new MirrorPool(timer)) {
			long start = System.nanoTime();
			for (int i = 0; i < 3 * QUEUED; i++) {
				mirrors.send(exchange, List.of(MIRROR));
			}
			long each = (System.nanoTime() - start) / (3 * QUEUED);
			System.out.printf("T95: a call spends %d us on a silent mirror%n", each / 1_000);
			Awaitility.await().until(() -> begun.get() == THREADS);
			silence.countDown();

			Awaitility.await().until(() -> begun.get() == THREADS + QUEUED);
			Awaitility.await()
				.during(Duration.ofMillis(50))
				.untilAsserted(() -> assertThat(begun).as("no more than were kept").hasValue(THREADS + QUEUED));
			assertThat(Duration.ofNanos(each)).isLessThan(Duration.ofMillis(1));
		}
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
