package io.meshup.control;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.control.beat.DrainReport;
import io.meshup.control.beat.DrainReport.Outcome;
import io.meshup.control.beat.ExtraBeats;
import io.meshup.control.link.ManualTime;
import io.meshup.model.InstanceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RegistryClient}: acknowledged drain, as the one that leaves and as a
 * caller of one that leaves.
 */
class RegistryClientDrainTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private FakeRegistry registry;

	private ClientFixture fixture;

	@BeforeEach
	void setUp() {
		this.registry = new FakeRegistry();
		this.fixture = new ClientFixture(this.registry.url());
	}

	@AfterEach
	void tearDown() {
		this.fixture.close();
		this.registry.close();
	}

	@Test
	void waitsUntilEveryCallerHasConfirmed() throws Exception {
		join();
		this.registry.grant = grant("\"storefront/h-1\",\"gateway/h-2\"", 2);

		CompletableFuture<DrainReport> drain = drain(LIMIT);
		ClientFixture.await().until(() -> this.registry.beats.size() >= 5);
		assertThat(drain).isNotDone();
		this.registry.grant = grant("", 0);

		DrainReport report = drain.get(20, TimeUnit.SECONDS);
		assertThat(report.outcome()).isEqualTo(Outcome.CONFIRMED);
		assertThat(report.awaited()).containsExactly("gateway/h-2", "storefront/h-1");
		assertThat(report.silent()).isEmpty();
		assertThat(report.revision()).isEqualTo(43);
	}

	@Test
	void goesOnBeatingAfterTheDrain() throws Exception {
		join();
		this.registry.grant = grant("", 0).replace("30s", "50ms");
		drain(LIMIT).get(20, TimeUnit.SECONDS);
		int beats = this.registry.beats.size();

		ClientFixture.await().until(() -> this.registry.beats.size() >= beats + 3);
		assertThat(this.fixture.state().joined()).isTrue();
	}

	@Test
	void namesThoseWhoNeverAnswered() throws Exception {
		join();
		this.registry.grant = grant("\"storefront/h-1\"", 1);

		DrainReport report = drain(Duration.ofMillis(150)).get(20, TimeUnit.SECONDS);

		assertThat(report.outcome()).isEqualTo(Outcome.TIMED_OUT);
		assertThat(report.silent()).containsExactly("storefront/h-1");
		assertThat(report.took()).isGreaterThanOrEqualTo(Duration.ofMillis(150));
	}

	@Test
	void doesNotWaitWithoutARegistry() throws Exception {
		assertThat(this.fixture.client().drain(LIMIT).outcome()).isEqualTo(Outcome.NOT_CONNECTED);
		join();
		this.registry.close();

		assertThat(drain(LIMIT).get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.NOT_CONNECTED);
	}

	@Test
	void doesNotWaitForARegistryThatDoesNotTellWhoIsAwaited() throws Exception {
		join();

		assertThat(drain(LIMIT).get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.NOT_SUPPORTED);
	}

	@Test
	void confirmsAtOnceThatAnotherInstanceIsDraining() {
		this.fixture.client().start();
		join();
		ClientFixture.await().until(() -> this.registry.lastWatch().query.contains("instance="));
		FakeRegistry.Watch line = this.registry.lastWatch();
		line.service("catalog", 50);
		ClientFixture.await().until(() -> this.fixture.state().applied() == 50);

		line.send(FakeRegistry.event("service", 51, FakeRegistry.snapshot("catalog", 51).replace("UP", "DRAINING")));

		ClientFixture.await().until(() -> this.registry.beats.get(this.registry.beats.size() - 1).applied() == 51);
	}

	@Test
	void asksForOneExtraBeatAtATime() {
		AtomicInteger beats = new AtomicInteger();
		ExtraBeats extra = new ExtraBeats(new ManualTime().timing(), beats::incrementAndGet);

		for (int i = 0; i < 100; i++) {
			extra.ask();
		}

		assertThat(beats.get()).isBetween(1, 2);
		ClientFixture.await().until(() -> beats.get() == 2);
	}

	@Test
	void beatsSoonAgainWhileAnInstanceThatLeavesHasRequestsWithoutAnAnswer() {
		join();
		int before = this.registry.beats.size();
		this.fixture.busy.add("catalog/h-1");
		this.fixture.client().beatNow();
		ClientFixture.await().until(() -> this.registry.beats.size() >= before + 3);

		this.fixture.busy.clear();

		ClientFixture.await().until(() -> this.registry.beats.get(this.registry.beats.size() - 1).busy().isEmpty());
		assertThat(this.registry.beats.get(before).busy()).containsExactly("catalog/h-1");
	}

	private void join() {
		this.registry.grant = this.registry.grant.replace("\"1s\"", "\"30s\"");
		this.fixture.client().register();
		ClientFixture.await().until(() -> this.fixture.state().joined());
	}

	private CompletableFuture<DrainReport> drain(Duration limit) {
		this.fixture.status = InstanceStatus.DRAINING;
		return CompletableFuture.supplyAsync(() -> this.fixture.client().drain(limit));
	}

	private static String grant(String awaiting, int remaining) {
		return "{\"lease\":\"99s\",\"beat\":\"30s\",\"revision\":43,\"drain\":{\"revision\":43,\"awaiting\":["
				+ awaiting + "],\"remaining\":" + remaining + ",\"done\":" + (remaining == 0) + "}}";
	}

}
