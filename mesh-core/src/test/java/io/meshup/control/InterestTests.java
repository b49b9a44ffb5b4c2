package io.meshup.control;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link RegistryClient} watches.
 */
class InterestTests {

	@TempDir
	Path home;

	private FakeRegistry registry;

	private ClientFixture fixture;

	@BeforeEach
	void setUp() {
		this.registry = new FakeRegistry();
		this.fixture = new ClientFixture(this.registry.url());
		this.fixture.builder.services(List.of()).lastGood(this.home.resolve("cache/orders"));
	}

	@AfterEach
	void tearDown() {
		this.fixture.close();
		this.registry.close();
	}

	@Test
	void watchesItsOwnServiceAndWhatItWants() {
		FakeRegistry.Watch first = connect();
		assertThat(first.query).isEqualTo("services=orders&deltas=true&names=true&like=orders");
		names(first, "\"names\":[\"catalog\",\"orders\"]");
		first.service("orders", 5);
		first.sync(7);
		awaitApplied(7);

		this.fixture.client().want("catalog");

		FakeRegistry.Watch second = awaitWatch(2);
		assertThat(second.query).isEqualTo("services=catalog,orders&deltas=true&names=true&like=orders&fresh=catalog");
		assertThat(second.lastEventId).isEqualTo("7");
		names(second, "\"names\":[\"catalog\",\"orders\"]");
		second.service("catalog", 3);
		second.sync(8);
		awaitApplied(8);
		assertThat(services()).containsExactly("orders", "catalog");
	}

	@Test
	void keepsTheLineUntilTheNextOneHolds() {
		FakeRegistry.Watch first = connect();
		names(first, "\"names\":[\"catalog\"]");
		first.sync(7);
		awaitApplied(7);
		this.registry.watchStatus = 503;

		this.fixture.client().want("catalog");

		ClientFixture.await().until(() -> this.registry.requests.size() > 1);
		first.service("orders", 9);
		first.sync(9);
		ClientFixture.await().until(() -> services().contains("orders"));
		assertThat(first.isBroken()).isFalse();
		assertThat(this.fixture.state().connected()).isTrue();
		this.registry.watchStatus = 200;
		FakeRegistry.Watch second = awaitWatch(2);
		ClientFixture.await().until(first::isBroken);
		assertThat(second.query).contains("fresh=catalog");
		assertThat(this.fixture.events).doesNotContain("disconnected");
	}

	@Test
	void wantsManyAtOnceWithFewLines() {
		FakeRegistry.Watch first = connect();
		names(first, "\"names\":[]");
		first.sync(7);
		awaitApplied(7);

		for (int i = 0; i < 100; i++) {
			this.fixture.client().want("s" + i);
		}

		ClientFixture.await().until(() -> this.registry.lastWatch().query.contains("s99"));
		assertThat(this.registry.watches).hasSizeLessThan(20);
	}

	@Test
	void opensNoLineOnTheThreadOfACall() {
		Thread caller = Thread.currentThread();
		Queue<Boolean> asked = new ConcurrentLinkedQueue<>();
		this.fixture.builder.token(() -> {
			asked.add(Thread.currentThread() == caller);
			return "join-me";
		});
		FakeRegistry.Watch first = connect();
		names(first, "\"names\":[\"catalog\"]");
		first.sync(7);
		awaitApplied(7);

		this.fixture.client().want("catalog");
		names(awaitWatch(2), "\"names\":[\"catalog\"]");
		this.fixture.client().forget("catalog");
		awaitWatch(3);

		assertThat(asked).hasSizeGreaterThanOrEqualTo(3).doesNotContain(true);
	}

	@Test
	void watchesAllWhereTheRegistryKnowsNoNames() {
		FakeRegistry.Watch first = connect();
		first.service("orders", 5);
		first.sync(7);

		FakeRegistry.Watch second = awaitWatch(2);

		assertThat(second.query).isEqualTo("services=*&deltas=true");
		assertThat(second.lastEventId).isNull();
		assertThat(this.fixture.client().watchesAll()).isTrue();
	}

	@Test
	void watchesAllWhereTheRegistryKnowsNoStickyKeys() {
		FakeRegistry.Watch first = connect();
		first.send("event: names\ndata: {\"registry\":\"reg-a\",\"names\":[\"catalog\"]}\n\n");
		first.sync(7);

		assertThat(awaitWatch(2).query).isEqualTo("services=*&deltas=true");
	}

	@Test
	void tellsTheStickyKeysOfAllRoutes() throws InterruptedException {
		BlockingQueue<Set<String>> told = new LinkedBlockingQueue<>();
		this.fixture.builder.stickyKeys(told::add);
		FakeRegistry.Watch first = connect();
		names(first, "\"names\":[\"catalog\"]");
		names(first, "\"added\":[],\"sticky\":[\"header:x-user\",\"source\"]");
		assertThat(told.poll(30, TimeUnit.SECONDS)).containsOnly("header:x-user", "source");
		names(first, "\"added\":[\"other\"]", "");
		first.sync(7);
		awaitApplied(7);
		assertThat(told).isEmpty();
		this.fixture.close();

		ClientFixture again = new ClientFixture(URI.create("http://127.0.0.1:1"));
		again.builder.services(List.of()).lastGood(this.home.resolve("cache/orders")).stickyKeys(told::add);
		try (again) {
			again.client().start();

			assertThat(told.poll()).containsOnly("header:x-user", "source");
		}
	}

	@Test
	void watchesAllWhenTooManyAreWanted() {
		for (int i = 0; i < 500; i++) {
			this.fixture.client().want("a-service-with-a-long-name-" + i);
		}

		assertThat(this.fixture.client().watchesAll()).isTrue();
	}

	@Test
	void takesNamesAsTheyComeAndGo() {
		FakeRegistry.Watch first = connect();
		names(first, "\"names\":[\"a\",\"b\"]");
		names(first, "\"added\":[\"c\"],\"removed\":[\"a\"]");

		ClientFixture.await().untilAsserted(() -> assertThat(this.fixture.client().names()).containsOnly("b", "c"));
		names(first, "\"partial\":true,\"names\":[\"d\"]");
		ClientFixture.await()
			.untilAsserted(() -> assertThat(this.fixture.client().names()).containsOnly("b", "c", "d"));
	}

	@Test
	void forgetsWhatIsNoLongerWanted() {
		this.fixture.client().want("catalog");
		FakeRegistry.Watch first = connect();
		names(first, "\"names\":[\"catalog\"]");
		first.service("catalog", 5);
		first.sync(7);
		awaitApplied(7);

		assertThat(this.fixture.client().forget("catalog")).isTrue();

		FakeRegistry.Watch second = awaitWatch(2);
		assertThat(second.query).isEqualTo("services=orders&deltas=true&names=true&like=orders&fresh=orders");
		assertThat(this.fixture.client().forget("catalog")).isFalse();
	}

	@Test
	void remembersWhatItWantedAcrossARestart() {
		FakeRegistry.Watch first = connect();
		names(first, "\"names\":[\"catalog\",\"other\"]");
		first.sync(7);
		awaitApplied(7);
		this.fixture.client().want("catalog");
		awaitWatch(2);
		this.fixture.close();

		ClientFixture again = new ClientFixture(this.registry.url());
		again.builder.services(List.of()).lastGood(this.home.resolve("cache/orders"));
		try (again) {
			again.client().start();

			assertThat(awaitWatch(3).query).startsWith("services=catalog,orders&");
			assertThat(again.client().names()).containsOnly("catalog", "other");
		}
	}

	@Test
	void watchesWhatItsPeersWatchBeforeItCallsAnything() {
		FakeRegistry.Watch first = connect();
		names(first, "\"names\":[\"catalog\",\"other\"]");
		first
			.send("event: peers\ndata: {\"registry\":\"reg-a\",\"services\":[\"catalog\",\"orders\",\"No_Name\"]}\n\n");
		first.sync(7);

		FakeRegistry.Watch second = awaitWatch(2);
		assertThat(second.query).startsWith("services=catalog,orders&");
		names(second, "\"names\":[\"catalog\",\"other\"]");
		second.send("event: peers\ndata: {\"registry\":\"reg-a\",\"services\":[\"other\"]}\n\n");
		second.service("catalog", 8);
		second.sync(8);
		awaitApplied(8);
		assertThat(this.fixture.client().wanted()).containsExactly("catalog");
		assertThat(this.registry.watches).hasSize(2);
	}

	@Test
	void lendsWhatItSawOfAServiceWhileTheRegistryIsAway() {
		this.fixture.builder.survey();
		FakeRegistry.Watch first = connect();
		names(first, "\"names\":[\"catalog\",\"orders\"]");
		first.sync(7);
		FakeRegistry.Watch look = awaitWatch(2);
		assertThat(look.query).isEqualTo("services=*&deltas=true");
		look.service("catalog", 5);
		look.service("orders", 7);
		look.sync(7);
		ClientFixture.await().until(look::isBroken);
		assertThat(services()).isEmpty();
		this.registry.close();
		ClientFixture.await().until(() -> !this.fixture.client().isHeard());

		this.fixture.client().want("catalog");

		ClientFixture.await().until(() -> services().equals(List.of("catalog")));
		this.fixture.close();
		try (ClientFixture again = new ClientFixture(this.registry.url())) {
			again.builder.services(List.of()).lastGood(this.home.resolve("cache/orders"));
			again.client().start();
			assertThat(again.snapshots).extracting((snapshot) -> snapshot.service()).containsExactly("catalog");
			again.client().want("orders");
			ClientFixture.await().until(() -> again.snapshots.size() == 2);
			again.client().want("never-seen");
			ClientFixture.await().during(Duration.ofMillis(50)).until(() -> again.snapshots.size() == 2);
		}
	}

	@Test
	void lendsWhatItSawWhenTheRegistryDoesNotAnswerForASecond() {
		this.fixture.builder.survey();
		FakeRegistry.Watch first = connect();
		names(first, "\"names\":[\"catalog\"]");
		first.sync(7);
		FakeRegistry.Watch look = awaitWatch(2);
		look.service("catalog", 5);
		look.sync(7);
		ClientFixture.await().until(look::isBroken);

		this.fixture.client().want("catalog");

		ClientFixture.await().until(() -> services().equals(List.of("catalog")));
		assertThat(this.fixture.state().applied()).isEqualTo(7);
		FakeRegistry.Watch second = awaitWatch(3);
		names(second, "\"names\":[\"catalog\"]");
		second.service("catalog", 6);
		second.sync(8);
		awaitApplied(8);
		assertThat(services()).containsExactly("catalog", "catalog");
	}

	private FakeRegistry.Watch connect() {
		this.fixture.client().start();
		return awaitWatch(1);
	}

	private FakeRegistry.Watch awaitWatch(int number) {
		ClientFixture.await().until(() -> this.registry.watches.size() >= number);
		return this.registry.watches.get(number - 1);
	}

	private void awaitApplied(long revision) {
		ClientFixture.await().until(() -> this.fixture.state().applied() == revision);
	}

	private List<String> services() {
		return this.fixture.snapshots.stream().map((snapshot) -> snapshot.service()).toList();
	}

	private static void names(FakeRegistry.Watch watch, String names) {
		names(watch, names, names.contains("sticky") ? "" : ",\"sticky\":[]");
	}

	private static void names(FakeRegistry.Watch watch, String names, String sticky) {
		watch.send("event: names\ndata: {\"registry\":\"reg-a\"," + names + sticky + "}\n\n");
	}

}
