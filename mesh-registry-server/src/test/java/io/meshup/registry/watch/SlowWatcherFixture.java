package io.meshup.registry.watch;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.meshup.registry.RunningRegistry;
import org.awaitility.Awaitility;

/**
 * One watcher that takes a byte a second beside others, and a service whose changes are
 * some 600 KB for whoever does not take deltas.
 */
abstract class SlowWatcherFixture extends RunningRegistry {

	private static final int INSTANCES = 150;

	private static final String TEXT = "x".repeat(4_000);

	final void register(String service) {
		for (int i = 0; i < INSTANCES; i++) {
			change(service, i, 0);
		}
	}

	/**
	 * Takes all of it away, for the tests that follow.
	 * @param service the service
	 */
	final void leave(String service) {
		for (int i = 0; i < INSTANCES; i++) {
			participant().delete()
				.uri("/api/v1/services/{service}/instances/{id}", service, "i" + i)
				.exchange()
				.expectStatus()
				.isNoContent();
		}
	}

	/**
	 * Changes one instance.
	 * @param service the service
	 * @param number which of the instances
	 * @param mark what is new about it
	 */
	final void change(String service, int number, int mark) {
		put(service, "i" + number, "{\"incarnation\":\"p1\",\"host\":\"127.0.0.1\",\"port\":8080,\"status\":\"UP\","
				+ "\"metadata\":{\"mark\":\"" + mark + "\",\"text\":\"" + TEXT + "\"}}")
			.expectStatus()
			.isOk();
	}

	final String slowUrl(String service, String id) {
		return url() + "/api/v1/watch?instance=" + service + "-slow/" + id + "&incarnation=p1&services=" + service;
	}

	/**
	 * Opens a line that is read at one byte a second.
	 * @param service what it watches
	 * @param id which one it is
	 * @return a watcher that has its line
	 */
	final SlowReader slow(String service, String id) throws IOException {
		return slow(service, id, 1, Duration.ofSeconds(1));
	}

	final SlowReader slow(String service, String id, int bytes, Duration pause) throws IOException {
		beat(service + "-slow", id).expectStatus().isOk();
		SlowReader slow = new SlowReader(URI.create(slowUrl(service, id)), TOKEN, bytes, pause);
		Awaitility.await().until(() -> hasLine(service, id));
		return slow;
	}

	/**
	 * Keeps the slow watcher's lease, whose line is to be cut.
	 * @param service what it watches
	 * @param id which one it is
	 * @return how long that took from now on
	 */
	final Duration awaitCut(String service, String id) {
		long began = System.nanoTime();
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100)).until(() -> {
			beat(service + "-slow", id).expectStatus().isOk();
			return !hasLine(service, id);
		});
		return Duration.ofNanos(System.nanoTime() - began);
	}

	final boolean hasLine(String service, String id) {
		byte[] body = admin().mutate()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(4 * 1024 * 1024))
			.build()
			.get()
			.uri("/api/v1/services/" + service)
			.exchange()
			.expectBody()
			.returnResult()
			.getResponseBody();
		return body != null && new String(body, StandardCharsets.UTF_8)
			.contains("\"watchers\":[{\"service\":\"" + service + "-slow\",\"id\":\"" + id + "\"");
	}

	/**
	 * Changes a service that others watch, and measures until all have got it.
	 * @param service the service
	 * @param others its watchers, that have got all before
	 * @param rounds how often
	 * @return for each watcher and round how long it took, sorted
	 */
	final long[] spread(String service, List<EventReader> others, int rounds) throws InterruptedException {
		List<Long> micros = new ArrayList<>();
		for (int round = 1; round <= rounds; round++) {
			long began = System.nanoTime();
			put(service, "i1", "{\"incarnation\":\"p1\",\"host\":\"127.0.0.1\",\"port\":8080,\"status\":\"UP\","
					+ "\"metadata\":{\"round\":\"" + began + "\"}}")
				.expectStatus()
				.isOk();
			for (EventReader other : others) {
				String seen = "";
				while (!seen.equals(Long.toString(began))) {
					EventReader.Event event = other.next(service);
					seen = event.data().path("instances").path(0).path("metadata").path("round").asString("");
					if (seen.equals(Long.toString(began))) {
						micros.add((event.nanos() - began) / 1000);
					}
				}
			}
		}
		long[] sorted = micros.stream().mapToLong(Long::longValue).toArray();
		Arrays.sort(sorted);
		return sorted;
	}

	final List<EventReader> others(String service, int count) throws IOException, InterruptedException {
		List<EventReader> others = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			others.add(EventReader.open(url() + "/api/v1/watch?services=" + service, TOKEN, Map.of()));
		}
		return others;
	}

	static void close(List<EventReader> others) throws IOException {
		for (EventReader other : others) {
			other.close();
		}
	}

}
