package io.meshup.spring.reactive;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.traffic.step.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Sends the copies of requests beside the calls themselves. Only so many are under way at
 * a time; what comes beyond is dropped. Thread-safe.
 */
final class MirrorFlow {

	private static final Logger logger = LoggerFactory.getLogger(MirrorFlow.class);

	private static final int MOST = 1_000;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final AtomicInteger underWay = new AtomicInteger();

	private final Scheduler scheduler;

	MirrorFlow(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Sends copies of a request whose first attempt is over.
	 * @param exchange the request
	 * @param mirrors where to
	 */
	void send(ReactiveDriver.Exchange<?> exchange, List<Step.Mirror> mirrors) {
		mirrors.forEach((mirror) -> send(exchange, mirror));
	}

	private void send(ReactiveDriver.Exchange<?> exchange, Step.Mirror mirror) {
		if (this.underWay.incrementAndGet() > MOST) {
			this.underWay.decrementAndGet();
			return;
		}
		Mono.defer(() -> exchange.mirror(mirror))
			.timeout(TIMEOUT, this.scheduler)
			.doFinally((signal) -> this.underWay.decrementAndGet())
			.subscribe((nothing) -> {
			}, (ex) -> logger.debug("A copy for '{}' failed", mirror.service(), ex));
	}

}
