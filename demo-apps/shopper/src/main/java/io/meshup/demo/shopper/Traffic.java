package io.meshup.demo.shopper;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/**
 * Sends visits at a steady rate, whether or not earlier ones are answered (an open loop:
 * a slow shop does not slow its customers down). Runs while the application does.
 */
@Component
final class Traffic implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Traffic.class);

	private static final int REPORT_SECONDS = 10;

	private final Shop shop;

	private final ShopperProperties properties;

	private final Tally tally = new Tally();

	private final Semaphore room;

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

	private final ExecutorService customers;

	private volatile boolean running;

	Traffic(Shop shop, ShopperProperties properties) {
		this.shop = shop;
		this.properties = properties;
		this.room = new Semaphore(properties.maxInFlight());
		this.customers = Executors.newCachedThreadPool();
	}

	@Override
	public void start() {
		this.running = true;
		if (this.properties.rate() > 0) {
			long period = TimeUnit.SECONDS.toNanos(1) / this.properties.rate();
			scheduled(this::send, period);
			scheduled(this::report, TimeUnit.SECONDS.toNanos(REPORT_SECONDS));
		}
	}

	@Override
	public void stop() {
		this.running = false;
		this.clock.shutdownNow();
		this.customers.shutdownNow();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	Tally tally() {
		return this.tally;
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private void scheduled(Runnable task, long nanos) {
		this.clock.scheduleAtFixedRate(task, nanos, nanos, TimeUnit.NANOSECONDS);
	}

	private void send() {
		if (!this.room.tryAcquire()) {
			this.tally.leftOut();
			return;
		}
		Visit visit = Visit.draw(this.properties, ThreadLocalRandom.current());
		this.customers.execute(() -> carryOut(visit));
	}

	private void carryOut(Visit visit) {
		try {
			this.tally.answered(this.shop.visit(visit).value());
		}
		catch (RestClientException ex) {
			this.tally.failed();
			logger.debug("{} {} failed: {}", visit.method(), visit.path(), ex.getMessage());
		}
		finally {
			this.room.release();
		}
	}

	private void report() {
		Tally.Counts counts = this.tally.take();
		logger.info("The last {} s: {} served, {} refused, {} failed, {} left out.", REPORT_SECONDS, counts.served(),
				counts.refused(), counts.failed(), counts.leftOut());
	}

}
