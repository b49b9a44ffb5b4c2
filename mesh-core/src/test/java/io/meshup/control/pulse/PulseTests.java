package io.meshup.control.pulse;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.meshup.control.link.Health;
import io.meshup.control.link.Link;
import io.meshup.control.link.RegistryListener;
import io.meshup.control.link.RegistryRequests;
import io.meshup.control.link.RegistryUrls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pulse}: whom it leaves, when, and whom it does not. The registries
 * answer on a manual clock.
 */
class PulseTests {

	private static final Duration MILLI = Duration.ofMillis(1);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration NEVER = Duration.ofDays(1);

	private final ManualTimer timer = new ManualTimer(7);

	private final Map<String, Node> nodes = new TreeMap<>();

	private final List<String> moves = new ArrayList<>();

	private int asked;

	private Link link;

	private Duration beat = SECOND;

	@Test
	void leavesAFrozenRegistryWithinASecondWheneverItFreezes() {
		Duration worst = Duration.ZERO;
		for (int phase = 0; phase < 2_000; phase += 25) {
			PulseTests mesh = new PulseTests();
			mesh.start("a", "b");
			mesh.pass(Duration.ofSeconds(10).plusMillis(phase));
			mesh.node("a").answersAfter = NEVER;
			Duration took = mesh.awaitMove();
			worst = (took.compareTo(worst) > 0) ? took : worst;
		}
		System.out.printf("A frozen registry is left after at most %d ms%n", worst.toMillis());
		assertThat(worst).isBetween(Duration.ofMillis(500), Duration.ofMillis(900));
	}

	@Test
	void staysThroughPausesOfHalfASecondWheneverTheyBegin() {
		for (int phase = 0; phase < 2_000; phase += 25) {
			PulseTests mesh = new PulseTests();
			mesh.start("a", "b");
			mesh.pass(Duration.ofSeconds(10).plusMillis(phase));
			mesh.node("a").pausedFor(Duration.ofMillis(490));
			mesh.pass(Duration.ofSeconds(5));
			assertThat(mesh.moves).as("paused at %d", phase).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void hardlyMovesWhereOnePacketInFiftyIsLost(long seed) {
		Random random = new Random(seed);
		start("a", "b");
		this.nodes.values().forEach((node) -> node.loss = () -> random.nextInt(50) == 0);

		pass(Duration.ofHours(2));

		System.out.printf("2 %% lost for two hours (seed %d): %d moves%n", seed, this.moves.size());
		assertThat(this.moves).hasSizeLessThanOrEqualTo(1);
	}

	@Test
	void asksTwiceASecondAndLessWhereBeatsAreRarer() {
		start("a", "b");
		pass(Duration.ofSeconds(100));
		int often = this.asked;
		this.beat = Duration.ofSeconds(5);
		pass(Duration.ofSeconds(100));

		assertThat(often).isBetween(150, 210);
		assertThat(this.asked - often).isBetween(30, 70);
	}

	@Test
	void asksNobodyWhereThereIsOneRegistryOnly() {
		start("a");
		node("a").answersAfter = NEVER;

		pass(Duration.ofSeconds(60));

		assertThat(this.asked).isZero();
		assertThat(this.moves).isEmpty();
	}

	@Test
	void staysWhereTheOthersAreSlowToo() {
		start("a", "b");
		pass(Duration.ofSeconds(5));
		node("a").answersAfter = Duration.ofMillis(1_500);
		node("b").answersAfter = Duration.ofMillis(700);

		pass(Duration.ofSeconds(60));

		assertThat(this.moves).isEmpty();
	}

	@Test
	void staysWhereTheOtherIsNotWell() {
		start("a", "b");
		node("b").status = 503;
		pass(Duration.ofSeconds(5));
		node("a").answersAfter = NEVER;
		pass(Duration.ofSeconds(60));
		assertThat(this.moves).isEmpty();
		int sofar = this.asked;
		pass(Duration.ofSeconds(60));
		assertThat(this.asked - sofar).as("asked in a minute").isLessThan(90);

		node("b").status = 200;

		assertThat(awaitMove()).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void goesToTheThirdWhereTheSecondIsDead() {
		start("a", "b", "c");
		pass(Duration.ofSeconds(5));
		node("a").answersAfter = NEVER;
		node("b").answersAfter = NEVER;

		assertThat(awaitMove()).isLessThan(Duration.ofMillis(900));
		assertThat(this.moves).containsExactly("http://c");
	}

	@Test
	void staysWithARegistryThatBecameSlowStepByStep() {
		start("a", "b");
		for (int millis = 50; millis <= 900; millis += 50) {
			node("a").answersAfter = Duration.ofMillis(millis);
			pass(Duration.ofSeconds(20));
		}

		assertThat(this.moves).isEmpty();
	}

	@Test
	void provesNothingWhenThisProcessItselfWasHeldUp() {
		start("a", "b");
		for (int phase = 0; phase < 100; phase++) {
			pass(Duration.ofMillis(3_000 + 17 * phase));
			this.timer.jump(Duration.ofSeconds(5));
		}

		assertThat(this.moves).isEmpty();
	}

	@Test
	void comesBackWhenTheOtherOneFreezesToo() {
		start("a", "b");
		pass(Duration.ofSeconds(5));
		node("a").answersAfter = NEVER;
		awaitMove();
		pass(Duration.ofSeconds(5));
		node("a").answersAfter = MILLI;
		node("b").answersAfter = NEVER;

		assertThat(awaitMove()).isLessThan(Duration.ofMillis(900));
		assertThat(this.moves).containsExactly("http://b", "http://a");
	}

	@Test
	void goesToAndFroEverMoreRarely() {
		start("a", "b");
		for (int second = 0; second < 600; second++) {
			boolean atFirst = this.link.urls().current().equals(URI.create("http://a"));
			node("a").answersAfter = atFirst ? NEVER : MILLI;
			node("b").answersAfter = atFirst ? MILLI : NEVER;
			pass(SECOND);
		}

		assertThat(this.moves).hasSizeBetween(5, 25);
	}

	private void start(String... names) {
		List<URI> urls = new ArrayList<>();
		for (String name : names) {
			this.nodes.put(name, new Node());
			urls.add(URI.create("http://" + name));
		}
		RegistryUrls list = new RegistryUrls(urls, this.timer.timing()::now);
		this.link = new Link(new RegistryRequests("orders", "i", "", () -> "token"), list,
				new Health(this.timer.timing(), SECOND, new RegistryListener() {
				}, () -> {
					throw new IllegalStateException("nobody asks for the state");
				}), (id, revision) -> {
				}, () -> this.moves.add(list.current().toString()));
		new Pulse(this.timer.timing(), this.link, this::ask, () -> this.beat).start();
		beat();
	}

	private Node node(String name) {
		return this.nodes.get(name);
	}

	// As the beater does: each second a word of the present registry.
	private void beat() {
		URI present = this.link.urls().current();
		Node node = node(present.getHost());
		this.timer.schedule(() -> this.link.urls().heard(present), node.delay().toNanos(), TimeUnit.NANOSECONDS);
		this.timer.schedule(this::beat, this.beat.toNanos(), TimeUnit.NANOSECONDS);
	}

	private CompletableFuture<Integer> ask(Supplier<HttpRequest> request) {
		this.asked++;
		URI uri = request.get().uri();
		Node node = node(uri.getHost());
		CompletableFuture<Integer> answer = new CompletableFuture<>();
		Duration delay = node.delay();
		if (delay.compareTo(Duration.ofSeconds(2)) > 0) {
			this.timer.timing()
				.after(Duration.ofSeconds(2), () -> answer.completeExceptionally(new RuntimeException()));
		}
		else {
			int status = uri.getPath().equals("/actuator/health") ? node.status : 204;
			this.timer.timing().after(delay, () -> answer.complete(status));
		}
		return answer;
	}

	private void pass(Duration time) {
		this.timer.advance(time);
	}

	private Duration awaitMove() {
		int before = this.moves.size();
		Duration passed = Duration.ZERO;
		while (this.moves.size() == before && passed.compareTo(Duration.ofSeconds(30)) < 0) {
			pass(MILLI);
			passed = passed.plus(MILLI);
		}
		return passed;
	}

	/**
	 * A registry: how long its answers take, and when it takes none.
	 */
	private final class Node {

		private Duration answersAfter = MILLI;

		private int status = 200;

		private Supplier<Boolean> loss = () -> false;

		private long pausedUntil = -10_000_000_000L;

		void pausedFor(Duration time) {
			this.pausedUntil = PulseTests.this.timer.timing().now() + time.toNanos();
		}

		// A lost packet is sent again after 200 ms, then after 400 more, and so on.
		Duration delay() {
			long pause = Math.max(0, this.pausedUntil - PulseTests.this.timer.timing().now());
			Duration delay = this.answersAfter.plusNanos(pause);
			for (long wait = 200; this.loss.get() || this.loss.get(); wait *= 2) {
				delay = delay.plusMillis(wait);
			}
			return delay;
		}

	}

}
