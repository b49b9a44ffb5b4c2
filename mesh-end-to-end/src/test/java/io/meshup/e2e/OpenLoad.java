package io.meshup.e2e;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A constant rate of requests whatever the answers: it never retries and never waits
 * for an answer before it sends the next (an open loop).
 */
final class OpenLoad implements AutoCloseable {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final Phaser inFlight = new Phaser(1);

	private final AtomicLong sent = new AtomicLong();

	private final Map<String, Long> failures = new ConcurrentHashMap<>();

	private OpenLoad(List<HttpRequest> requests, int perSecond) {
		this.timer.scheduleAtFixedRate(() -> fire(requests.get((int) (this.sent.get() % requests.size()))), 0,
				1_000_000 / perSecond, TimeUnit.MICROSECONDS);
	}

	static OpenLoad start(URI uri, int perSecond) {
		return start(List.of(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build()), perSecond);
	}

	/**
	 * Sends these requests in turn.
	 */
	static OpenLoad start(List<HttpRequest> requests, int perSecond) {
		return new OpenLoad(requests, perSecond);
	}

	private void fire(HttpRequest request) {
		this.sent.incrementAndGet();
		this.inFlight.register();
		this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((response, ex) -> {
			if (ex != null) {
				this.failures.merge(String.valueOf(ex), 1L, Long::sum);
			}
			else if (response.statusCode() >= 400) {
				this.failures.merge(response.statusCode() + " " + response.body(), 1L, Long::sum);
			}
			this.inFlight.arriveAndDeregister();
		});
	}

	long sent() {
		return this.sent.get();
	}

	/**
	 * What failed so far, by reason.
	 */
	Map<String, Long> failures() {
		return Map.copyOf(this.failures);
	}

	/**
	 * Ends the load and waits for the answers that are still due.
	 */
	OpenLoad finish() {
		this.timer.shutdownNow();
		this.inFlight.arriveAndAwaitAdvance();
		return this;
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

}
