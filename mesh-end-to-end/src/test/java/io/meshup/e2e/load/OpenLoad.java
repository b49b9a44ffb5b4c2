package io.meshup.e2e.load;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A constant rate of requests whatever the answers: it never retries and never waits for
 * an answer before it sends the next (an open loop).
 */
public final class OpenLoad implements AutoCloseable {

	/**
	 * A machine that cannot keep up would fall back further and further, until it has no
	 * files left.
	 */
	private static final int MOST_IN_FLIGHT = 400;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final Phaser inFlight = new Phaser(1);

	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong good = new AtomicLong();

	private final AtomicLong heldBack = new AtomicLong();

	private final AtomicLong slowest = new AtomicLong();

	private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();

	private final Way way;

	private OpenLoad(List<HttpRequest> requests, int perSecond, Way way) {
		this.way = way;
		this.timer.scheduleAtFixedRate(() -> fire(requests.get((int) (this.sent.get() % requests.size()))), 0,
				1_000_000 / perSecond, TimeUnit.MICROSECONDS);
	}

	public static OpenLoad start(URI uri, int perSecond) {
		return start(List.of(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build()), perSecond);
	}

	/**
	 * Sends these requests in turn.
	 */
	public static OpenLoad start(List<HttpRequest> requests, int perSecond) {
		return new OpenLoad(requests, perSecond, Way.STRAIGHT);
	}

	/**
	 * Sends these requests in turn, each the way that is good at that moment.
	 */
	public static OpenLoad start(List<HttpRequest> requests, int perSecond, Way way) {
		return new OpenLoad(requests, perSecond, way);
	}

	private void fire(HttpRequest request) {
		if (this.inFlight.getUnarrivedParties() > MOST_IN_FLIGHT) {
			this.heldBack.incrementAndGet();
			return;
		}
		long begun = System.nanoTime();
		this.sent.incrementAndGet();
		this.inFlight.register();
		send(request).whenComplete((response, ex) -> {
			if (ex != null || response.statusCode() >= 400) {
				String reason = (ex != null) ? String.valueOf(ex) : response.statusCode() + " " + response.body();
				this.failures.add(new Failure(request.method() + " " + request.uri().getPath() + ": " + reason,
						new Interval(begun, System.nanoTime())));
			}
			else {
				this.good.incrementAndGet();
			}
			this.slowest.accumulateAndGet(System.nanoTime() - begun, Math::max);
			this.inFlight.arriveAndDeregister();
		});
	}

	// Where there was no connection, nothing was sent: there may be another way.
	private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
		HttpRequest directed = this.way.direct(request);
		return this.client.sendAsync(directed, HttpResponse.BodyHandlers.ofString()).exceptionallyCompose((ex) -> {
			Throwable cause = (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
			return (cause instanceof ConnectException && this.way.isOtherAfter(directed)) ? send(request)
					: CompletableFuture.failedFuture(cause);
		});
	}

	public long sent() {
		return this.sent.get();
	}

	/**
	 * How many were answered well so far.
	 */
	public long good() {
		return this.good.get();
	}

	/**
	 * How many were not sent because 400 were still unanswered: 0 where the machine keeps
	 * up.
	 */
	public long heldBack() {
		return this.heldBack.get();
	}

	public long slowestMillis() {
		return TimeUnit.NANOSECONDS.toMillis(this.slowest.get());
	}

	/**
	 * What failed so far, by reason.
	 */
	public Map<String, Long> failures() {
		return this.failures.stream().collect(Collectors.groupingBy(Failure::reason, Collectors.counting()));
	}

	/**
	 * Each that failed so far.
	 */
	public List<Failure> failed() {
		return List.copyOf(this.failures);
	}

	/**
	 * Ends the load and waits for the answers that are still due.
	 */
	public OpenLoad finish() {
		this.timer.shutdownNow();
		this.inFlight.arriveAndAwaitAdvance();
		return this;
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

	/**
	 * Which of several addresses a request goes to.
	 */
	public interface Way {

		Way STRAIGHT = (request) -> request;

		/**
		 * The request at the address that is good now.
		 */
		HttpRequest direct(HttpRequest request);

		/**
		 * An address refused the connection.
		 * @return whether there is another one
		 */
		default boolean isOtherAfter(HttpRequest refused) {
			return false;
		}

	}

	/**
	 * A request that failed, and when it was under way.
	 */
	public record Failure(String reason, Interval interval) {

		@Override
		public String toString() {
			return this.reason + " after " + this.interval.millis() + " ms";
		}

	}

}
