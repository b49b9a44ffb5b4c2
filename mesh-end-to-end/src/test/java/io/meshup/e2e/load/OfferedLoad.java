package io.meshup.e2e.load;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Requests that are offered for a while, as many at a time as are answered or as many a
 * second as are wanted, and what became of them.
 */
public final class OfferedLoad {

	private static final int MOST_IN_FLIGHT = 2_000;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Supplier<HttpRequest> requests;

	private final Queue<Long> good = new ConcurrentLinkedQueue<>();

	private final Queue<Long> refused = new ConcurrentLinkedQueue<>();

	private final Map<String, Long> others = new ConcurrentHashMap<>();

	private final LongAdder offered = new LongAdder();

	private final Semaphore free;

	private OfferedLoad(Supplier<HttpRequest> requests, int atATime) {
		this.requests = requests;
		this.free = new Semaphore(atATime);
	}

	/**
	 * Offers as much as is answered.
	 */
	public static Result closed(Supplier<HttpRequest> requests, int atATime, Duration time)
			throws InterruptedException {
		OfferedLoad load = new OfferedLoad(requests, atATime);
		long end = System.nanoTime() + time.toNanos();
		while (System.nanoTime() < end) {
			load.free.acquire();
			load.send();
		}
		return load.result(time, atATime);
	}

	/**
	 * Offers a number in each second, whatever is answered.
	 */
	public static Result open(Supplier<HttpRequest> requests, double perSecond, Duration time)
			throws InterruptedException {
		OfferedLoad load = new OfferedLoad(requests, MOST_IN_FLIGHT);
		long begin = System.nanoTime();
		long count = (long) (perSecond * time.toSeconds());
		for (long i = 0; i < count; i++) {
			LockSupport.parkNanos(begin + (long) (i * 1e9 / perSecond) - System.nanoTime());
			if (load.free.tryAcquire()) {
				load.send();
			}
			else {
				load.others.merge("never sent, too many unanswered", 1L, Long::sum);
			}
		}
		return load.result(time, MOST_IN_FLIGHT);
	}

	private void send() {
		this.offered.increment();
		long begin = System.nanoTime();
		CompletableFuture<HttpResponse<Void>> sent = this.client.sendAsync(this.requests.get(),
				HttpResponse.BodyHandlers.discarding());
		sent.whenComplete((answer, failure) -> {
			long took = System.nanoTime() - begin;
			this.free.release();
			if (failure != null) {
				this.others.merge(String.valueOf(failure), 1L, Long::sum);
			}
			else if (answer.statusCode() / 100 == 2) {
				this.good.add(took);
			}
			else if ((answer.statusCode() == 503 || answer.statusCode() == 429)
					&& answer.headers().firstValue("Retry-After").isPresent()) {
				this.refused.add(took);
			}
			else {
				this.others.merge(String.valueOf(answer.statusCode()), 1L, Long::sum);
			}
		});
	}

	// What is answered within the time counts; what is still due is awaited.
	private Result result(Duration time, int atATime) throws InterruptedException {
		int answered = this.good.size();
		long end = System.nanoTime();
		this.free.acquire(atATime);
		return new Result(time, answered, Duration.ofNanos(System.nanoTime() - end),
				new Answers(nanos(this.good), nanos(this.refused), Map.copyOf(this.others)));
	}

	private static long[] nanos(Queue<Long> all) {
		return all.stream().mapToLong(Long::longValue).sorted().toArray();
	}

	/**
	 * What became of it.
	 *
	 * @param time for how long it was offered
	 * @param inTime how many were done meanwhile
	 * @param rest how long after the end the last one was answered
	 * @param answers all answers
	 */
	public record Result(Duration time, long inTime, Duration rest, Answers answers) {

		public double perSecond() {
			return perSecond(this.inTime);
		}

		private double perSecond(long count) {
			return count * 1_000.0 / this.time.toMillis();
		}

		public String row(String name) {
			long[] good = this.answers.good();
			long[] refused = this.answers.refused();
			return "| %s | %.0f | %.0f | %.1f | %.1f | %.0f | %.1f | %.1f | %d | %s |".formatted(name,
					perSecond(good.length + refused.length), perSecond(), millis(good, 0.5), millis(good, 0.99),
					perSecond(refused.length), millis(refused, 0.5), millis(refused, 0.99), this.rest.toMillis(),
					this.answers.others().isEmpty() ? "none" : this.answers.others());
		}

		private static double millis(long[] sorted, double share) {
			return (sorted.length == 0) ? 0 : sorted[(int) (sorted.length * share)] / 1e6;
		}

	}

	/**
	 * The answers.
	 *
	 * @param good how long each took that was done, sorted
	 * @param refused how long each took that was told to come later, sorted
	 * @param others everything else
	 */
	public record Answers(long[] good, long[] refused, Map<String, Long> others) {
	}

}
