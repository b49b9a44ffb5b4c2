package io.meshup.e2e.mesh;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes ten rules a second, each to a node in turn, and to the other one where that does
 * not take it, as an operator's tool would.
 */
public final class RuleWriter implements AutoCloseable {

	private static final int TRIES = 20;

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final Map<String, Integer> written = new ConcurrentSkipListMap<>();

	private final Queue<String> failed = new ConcurrentLinkedQueue<>();

	private final AtomicInteger repeated = new AtomicInteger();

	private final AtomicInteger count = new AtomicInteger();

	private final List<RunningRegistry> nodes;

	private RuleWriter(List<RunningRegistry> nodes) {
		this.nodes = nodes;
		this.timer.scheduleAtFixedRate(this::write, 0, 100, TimeUnit.MILLISECONDS);
	}

	public static RuleWriter start(List<RunningRegistry> nodes) {
		return new RuleWriter(nodes);
	}

	public static HttpResponse<String> put(RunningRegistry node, String name, int weight) {
		return node.send("PUT", "/api/v1/rules/Route/" + name, """
				{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"%s"},
				 "spec":{"service":"%s","rules":[{"backendRefs":[{"version":"v1","weight":%d}]}]}}""".formatted(name,
				name, weight));
	}

	private void write() {
		int number = this.count.incrementAndGet();
		String name = "w" + number;
		String last = "";
		for (int i = 0; i < TRIES; i++) {
			last = tried(this.nodes.get((number + i) % this.nodes.size()), name, number);
			if (last.isEmpty()) {
				this.written.put(name, number);
				return;
			}
			this.repeated.incrementAndGet();
		}
		this.failed.add(name + ": " + last);
	}

	private static String tried(RunningRegistry node, String name, int weight) {
		try {
			HttpResponse<String> answer = put(node, name, weight);
			return (answer.statusCode() / 100 == 2) ? "" : answer.statusCode() + " " + answer.body();
		}
		catch (UncheckedIOException ex) {
			return ex.getMessage();
		}
	}

	public Map<String, Integer> written() {
		return new TreeMap<>(this.written);
	}

	public List<String> failed() {
		return List.copyOf(this.failed);
	}

	/**
	 * Ends after the write under way.
	 */
	public void finish() throws InterruptedException {
		this.timer.shutdown();
		this.timer.awaitTermination(1, TimeUnit.MINUTES);
	}

	@Override
	public String toString() {
		return "%d rules written, %d failed, %d tries were repeated at the other node".formatted(this.written.size(),
				this.failed.size(), this.repeated.get());
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

}
