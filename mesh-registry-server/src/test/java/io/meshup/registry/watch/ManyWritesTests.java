package io.meshup.registry.watch;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.meshup.model.MeshJson;
import io.meshup.registry.RunningRegistry;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.rule.Reason;
import io.meshup.registry.store.rule.RuleChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many writes, and real lines that watch everything (T53): each has the last revision of
 * each rule in the end, and none ever went back. The history is cut meanwhile, and the
 * registry is its own: two thousand rows are of no use to other tests.
 */
@TestPropertySource(properties = "mesh.registry.history.max-versions=20")
class ManyWritesTests extends RunningRegistry {

	private static final int LINES = 20;

	private static final int WRITES = 2_000;

	private final List<Line> lines = new ArrayList<>();

	private final MeshStore store;

	ManyWritesTests(@Autowired MeshStore store) {
		this.store = store;
	}

	@AfterEach
	void close() {
		this.lines.forEach(Line::close);
	}

	@Test
	void bringsTheLastRevisionToEachWatcherWhateverTheRate() {
		for (int i = 0; i < LINES; i++) {
			this.lines.add(new Line());
		}
		await().until(() -> this.lines.stream().allMatch((line) -> line.last.get() > 0));

		Flux.range(0, WRITES).flatMap((i) -> this.store.write((present) -> List.of(put(i))), 64).blockLast();

		long last = this.store.revision();
		await().untilAsserted(() -> assertThat(this.lines).allMatch((line) -> line.last.get() >= last)
			.allMatch((line) -> line.latest.equals(this.lines.get(0).latest)));
		assertThat(this.lines.get(0).latest).hasSize(10)
			.allSatisfy((service, weight) -> assertThat(weight)
				.isEqualTo(WRITES - 10 + Integer.parseInt(service.substring("written-".length()))));
		assertThat(this.lines).allMatch((line) -> line.wentBack.get() == 0);
	}

	private static RuleChange put(int number) {
		String service = "written-" + number % 10;
		JsonNode spec = MeshJson.mapper()
			.createObjectNode()
			.put("service", service)
			.set("rules", MeshJson.readTree(("[{\"backendRefs\":[{\"version\":\"v1\",\"weight\":" + number + "}]}]")
				.getBytes(StandardCharsets.UTF_8)));
		return new RuleChange.Put("Route", service, "bob", spec, Reason.NONE);
	}

	private final class Line {

		private final AtomicLong last = new AtomicLong();

		private final AtomicInteger wentBack = new AtomicInteger();

		private final ConcurrentHashMap<String, Integer> latest = new ConcurrentHashMap<>();

		private final Stream<String> text;

		Line() {
			HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/api/v1/watch?services=*&deltas=true"))
				.header("Authorization", "Bearer " + TOKEN)
				.build();
			this.text = HttpClient.newHttpClient()
				.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
				.join()
				.body();
			Thread reader = new Thread(this::read, "line");
			reader.setDaemon(true);
			reader.start();
		}

		private void read() {
			try {
				this.text.forEach(this::take);
			}
			catch (UncheckedIOException ex) {
				// The test closes it while it reads.
			}
		}

		private void take(String line) {
			if (line.startsWith("id: ")) {
				long id = Long.parseLong(line.substring(4));
				if (this.last.getAndSet(id) > id) {
					this.wentBack.incrementAndGet();
				}
			}
			else if (line.startsWith("data: ") && line.contains("\"service\":\"written-")) {
				JsonNode data = MeshJson.readTree(line.substring(6).getBytes(StandardCharsets.UTF_8));
				this.latest.put(data.path("service").asString(),
						data.at("/rules/0/spec/rules/0/backendRefs/0/weight").asInt());
			}
		}

		void close() {
			this.text.close();
		}

	}

}
