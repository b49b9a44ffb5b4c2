package io.meshup.registry.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import io.meshup.registry.RunningRegistry;
import io.meshup.registry.watch.image.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WatchController} over a real port.
 */
class WatchApiTests extends RunningRegistry {

	@Test
	void sendsSnapshotsWithAscendingIdsAndThenSyncs() throws IOException, InterruptedException {
		beat("w1", "i1").expectStatus().isOk();
		awaitPushed("w1");
		try (EventReader reader = watch("services=w1")) {
			EventReader.Event first = reader.next("w1");
			ServiceSnapshot snapshot = MeshJson.read(first.data(), ServiceSnapshot.class);
			EventReader.Event sync = reader.next();
			beat("w1", "i2").expectStatus().isOk();
			EventReader.Event second = reader.next("w1");

			assertThat(snapshot.registry()).hasSize(36);
			assertThat(snapshot.revision()).isEqualTo(first.id());
			assertThat(snapshot.instances()).hasSize(1);
			assertThat(sync.type()).isEqualTo("sync");
			assertThat(sync.data().path("revision").asLong()).isGreaterThanOrEqualTo(first.id());
			assertThat(second.id()).isGreaterThan(first.id());
			assertThat(second.status("i2")).isEqualTo("UP");
		}
	}

	@Test
	void resumesAfterTheLastEventId() throws IOException, InterruptedException {
		beat("w2", "i1").expectStatus().isOk();
		long seen;
		try (EventReader reader = watch("services=w2,w3")) {
			seen = sync(reader).id();
		}
		beat("w3", "i1").expectStatus().isOk();

		try (EventReader reader = watch("services=w2,w3", seen)) {
			EventReader.Event next = reader.next();

			assertThat(next.data().path("service").asString()).isEqualTo("w3");
			assertThat(next.id()).isGreaterThan(seen);
			assertThat(reader.next().type()).isEqualTo("sync");
		}
	}

	private static EventReader.Event sync(EventReader reader) throws InterruptedException {
		EventReader.Event event = reader.next();
		while (!event.type().equals("sync")) {
			event = reader.next();
		}
		return event;
	}

	@Test
	void sendsEverythingToOneThatComesFromTheFuture() throws IOException, InterruptedException {
		beat("w4", "i1").expectStatus().isOk();
		try (EventReader reader = watch("services=w4", 9_000_000_000L)) {
			assertThat(reader.next("w4").status("i1")).isEqualTo("UP");
		}
	}

	@Test
	void bringsAllServicesAndMeshWideRulesForAStar() throws IOException, InterruptedException {
		beat("w5", "i1").expectStatus().isOk();
		beat("w6", "i1").expectStatus().isOk();
		try (EventReader reader = watch("services=*")) {
			Set<String> services = new HashSet<>();
			for (EventReader.Event next = reader.next(); next.type().equals("service"); next = reader.next()) {
				services.add(next.data().path("service").asString());
			}

			assertThat(services).contains("w5", "w6", "*");
		}
	}

	@Test
	void sendsAnEmptySnapshotWhenAServiceWent() throws IOException, InterruptedException {
		beat("w7", "i1").expectStatus().isOk();
		try (EventReader reader = watch("services=w7")) {
			reader.next("w7");
			participant().delete().uri("/api/v1/services/w7/instances/i1").exchange().expectStatus().isNoContent();

			EventReader.Event gone = reader.next("w7");
			assertThat(gone.data().path("instances")).isEmpty();
			assertThat(gone.data().path("rules")).isEmpty();
		}
	}

	@Test
	void bringsOnlyWhatDiffersOfALargeServiceToThoseWhoAskForThat() throws IOException, InterruptedException {
		for (int i = 0; i <= Image.DELTA_ABOVE; i++) {
			beat("w10", "i" + i).expectStatus().isOk();
		}
		awaitPushed("w10");
		try (EventReader plain = watch("services=w10"); EventReader reader = watch("services=w10&deltas=true")) {
			EventReader.Event whole = reader.next("w10");
			plain.next("w10");
			beat("w10", "new").expectStatus().isOk();

			EventReader.Event delta = reader.next("w10");
			assertThat(delta.type()).isEqualTo("delta");
			assertThat(delta.data().path("since")).isEqualTo(whole.data().path("asOf"));
			assertThat(delta.data().path("size").asInt()).isEqualTo(Image.DELTA_ABOVE + 2);
			assertThat(delta.status("new")).isEqualTo("UP");
			// On a slow machine some are suspect by now, for they beat only once.
			assertThat(delta.data().path("instances"))
				.allMatch((instance) -> instance.path("id").asString().equals("new")
						|| instance.path("status").asString().equals("SUSPECT"));
			assertThat(plain.next("w10").data().path("instances")).hasSize(Image.DELTA_ABOVE + 2);
		}
	}

	@Test
	void tellsTheNamesOfAllServices() throws IOException, InterruptedException {
		beat("w11", "i1").expectStatus().isOk();
		try (EventReader reader = watch("services=w12&names=true")) {
			EventReader.Event all = reader.next();
			assertThat(all.type()).isEqualTo("names");
			Set<String> names = new HashSet<>(texts(all, "names"));
			assertThat(names).doesNotContain("w13", "*");
			readNames(reader, names, "w11");

			beat("w13", "i1").expectStatus().isOk();

			readNames(reader, names, "w13");
		}
	}

	@Test
	void tellsANewStickyKeyBeforeTheRouteThatSplitsByIt() throws IOException, InterruptedException {
		try (EventReader other = watch("services=w17&names=true"); EventReader own = watch("services=w16&names=true")) {
			assertThat(texts(other.next(), "sticky")).doesNotContain("header:x-w16");
			own.next("w16");
			putRoute("w16", ",\"sticky\":{\"header\":\"X-W16\"}");

			List<String> keys = List.of();
			for (EventReader.Event next = own.next(); !next.type().equals("service"); next = own.next()) {
				keys = next.data().has("sticky") ? texts(next, "sticky") : keys;
			}
			assertThat(keys).contains("header:x-w16");
			awaitSticky(other, true);
			putRoute("w16", "");
			awaitSticky(other, false);
		}
	}

	private static void awaitSticky(EventReader reader, boolean isPresent) throws InterruptedException {
		EventReader.Event next = reader.next();
		while (!next.data().has("sticky") || texts(next, "sticky").contains("header:x-w16") != isPresent) {
			next = reader.next();
		}
	}

	private void putRoute(String service, String more) {
		admin().put()
			.uri("/api/v1/rules/Route/" + service)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"Route\",\"metadata\":{\"name\":\"" + service
					+ "\"},\"spec\":{\"service\":\"" + service + "\",\"rules\":[{\"backendRefs\":[{\"version\":\"v1\"}]"
					+ more + "}]}}")
			.exchange()
			.expectStatus()
			.is2xxSuccessful();
	}

	// Names follow within a tenth of a second, as what differs.
	private static void readNames(EventReader reader, Set<String> names, String until) throws InterruptedException {
		while (!names.contains(until)) {
			EventReader.Event next = reader.next();
			if (next.type().equals("names")) {
				assertThat(next.data().has("names")).isFalse();
				names.addAll(texts(next, "added"));
			}
		}
	}

	private static List<String> texts(EventReader.Event event, String field) {
		return event.data().path(field).valueStream().map(JsonNode::asString).toList();
	}

	@Test
	void sendsWhatAWatcherHasNothingOfYetWhateverItResumesAfter() throws IOException, InterruptedException {
		beat("w14", "i1").expectStatus().isOk();
		beat("w15", "i1").expectStatus().isOk();
		long seen;
		try (EventReader reader = watch("services=w15")) {
			seen = reader.next("w15").id();
		}

		try (EventReader reader = watch("services=w14,w15&fresh=w14", seen)) {
			EventReader.Event fresh = reader.next();

			assertThat(fresh.data().path("service").asString()).isEqualTo("w14");
		}
	}

	@Test
	void pushesARuleToTheWatchersOfItsService() throws IOException, InterruptedException {
		try (EventReader reader = watch("services=w8")) {
			reader.next("w8");
			admin().put()
				.uri("/api/v1/rules/Route/w8")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"apiVersion\":\"meshup.io/v1\",\"kind\":\"Route\",\"metadata\":{\"name\":\"w8\"},"
						+ "\"spec\":{\"service\":\"w8\",\"rules\":[{\"backendRefs\":[{\"version\":\"v1\"}]}]}}")
				.exchange()
				.expectStatus()
				.isCreated();

			EventReader.Event pushed = reader.next("w8");
			assertThat(pushed.data().path("rules").path(0).path("metadata").path("revision").asLong())
				.isEqualTo(pushed.id());
		}
	}

	@Test
	void suspectsAnInstanceAtOnceWhenItsLineBreaks() throws IOException, InterruptedException {
		try (EventReader reader = watch("services=w9")) {
			EventReader line = watch("instance=w9/i1&incarnation=p1&services=*");
			line.next("w9");
			beat("w9", "i1").expectStatus().isOk();
			assertThat(line.next("w9").status("i1")).isEqualTo("UP");
			reader.next("w9");
			assertThat(reader.next("w9").status("i1")).isEqualTo("UP");
			admin().get()
				.uri("/api/v1/services/w9")
				.exchange()
				.expectBody()
				.jsonPath("$.watchers[0].id")
				.isEqualTo("i1")
				.jsonPath("$.watchers.length()")
				.isEqualTo(1);

			long cut = System.nanoTime();
			line.close();

			assertThat(reader.next("w9").status("i1")).isEqualTo("SUSPECT");
			assertThat(Duration.ofNanos(System.nanoTime() - cut)).isLessThan(Duration.ofSeconds(20));
			beat("w9", "i1").expectStatus().isOk();
			assertThat(reader.next("w9").status("i1")).isEqualTo("UP");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "services=", "services=A", "services=a,b_c", "instance=a&services=b",
			"instance=A/1&services=b", "instance=a/&services=b", "instance=a/b/c&services=*", "services=a&deltas=yes" })
	void refusesAWatchThatNamesNothingOrTheWrongThing(String query) {
		participant().get()
			.uri("/api/v1/watch?" + query)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.violations[0].message")
			.isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "-1", "1.5", "99999999999999999999" })
	void refusesALastEventIdThatIsNoRevision(String id) {
		participant().get()
			.uri("/api/v1/watch?services=*")
			.header("Last-Event-ID", id)
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	// Else who joins may get the last change with the first snapshot and once more after
	// it.
	private void awaitPushed(String service) throws IOException, InterruptedException {
		try (EventReader reader = watch("services=" + service)) {
			EventReader.Event event = reader.next();
			while (!event.type().equals("sync")) {
				event = reader.next();
			}
		}
	}

	private EventReader watch(String query) throws IOException, InterruptedException {
		return EventReader.open(url() + "/api/v1/watch?" + query, TOKEN, Map.of());
	}

	private EventReader watch(String query, long after) throws IOException, InterruptedException {
		return EventReader.open(url() + "/api/v1/watch?" + query, TOKEN, Map.of("Last-Event-ID", Long.toString(after)));
	}

}
