package io.meshup.registry.watch.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.meshup.registry.ManualClock;
import io.meshup.registry.watch.content.Content;
import io.meshup.registry.watch.image.Change;
import io.meshup.registry.watch.image.Frame;
import io.meshup.registry.watch.image.Image;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WatchStream}.
 */
class WatchStreamTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final ManualClock clock = new ManualClock();

	private final AtomicInteger cuts = new AtomicInteger();

	private final WatchStream stream = new WatchStream(WatchRequest.parse(Map.of("services", "a,b"), "", 1_000),
			new Registry(), this.clock, this.cuts::incrementAndGet);

	@Test
	void keepsOneChangePerServiceForAWatcherThatDoesNotRead() {
		for (int revision = 1; revision <= 1_000; revision++) {
			this.stream.offer(List.of(new Change("a", revision, revision)));
		}

		StepVerifier.create(id(this.stream.next())).expectNext("id: 1000").expectComplete().verify(LIMIT);
		StepVerifier.create(id(this.stream.next()))
			.then(() -> this.stream.offer(List.of(new Change("b", 1001, 1001))))
			.expectNext("id: 1001")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void leavesOutWhatTheWatcherDidNotAskFor() {
		this.stream.offer(List.of(new Change("other", 1, 1), new Change("b", 2, 2)));

		StepVerifier.create(id(this.stream.next())).expectNext("id: 2").expectComplete().verify(LIMIT);
	}

	@Test
	void givesFurtherEventsAtOnceUntilNoneIsLeft() {
		this.stream.offer(List.of(new Change("a", 1, 1), new Change("b", 2, 2)));

		StepVerifier.create(id(this.stream.next())).expectNext("id: 1").expectComplete().verify(LIMIT);
		assertThat(this.stream.more()).isNotNull();
		assertThat(this.stream.more()).isNull();
	}

	@Test
	void takesWhatIsMadeForAllOnlyWhenItHasGotAllBefore() {
		WatchStream all = new WatchStream(WatchRequest.parse(Map.of("services", "*"), "", 1_000), new Registry(),
				this.clock, this.cuts::incrementAndGet);
		SharedBurst first = new SharedBurst(List.of(new Change("a", 1, 1), new Change("b", 2, 4)), new Registry());
		SharedBurst second = new SharedBurst(List.of(new Change("c", 3, 3), new Change("b", 5, 5)), new Registry());
		AtomicReference<Frame> got = new AtomicReference<>();
		all.next().subscribe(got::set);

		all.offer(first);
		all.offer(second);

		assertThat(got.get()).isSameAs(first.frame());
		assertThat(new String(got.get().body(), StandardCharsets.UTF_8)).containsSubsequence("id: 1\n", "id: 4\n");
		StepVerifier.create(id(all.next())).expectNext("id: 3").expectComplete().verify(LIMIT);
		assertThat(all.more()).isNotNull();
		assertThat(all.more()).isNull();
	}

	@Test
	void syncsAtOnceThenOnlyAfterTwoSecondsOfSilence() {
		Frame sync = Frame.sync("r", 7, false);

		StepVerifier.create(id(this.stream.next()))
			.then(() -> this.stream.offerSync(sync))
			.expectNext("id: 7")
			.expectComplete()
			.verify(LIMIT);
		StepVerifier.create(id(this.stream.next())).then(() -> {
			this.clock.advance(Duration.ofMillis(1900));
			this.stream.offerSync(Frame.sync("r", 8, false));
			this.clock.advance(Duration.ofMillis(200));
			this.stream.offerSync(Frame.sync("r", 9, false));
		}).expectNext("id: 9").expectComplete().verify(LIMIT);
	}

	@Test
	void isStalledWhenAnEventIsNotTakenForAlmostFiveSeconds() {
		this.stream.offer(List.of(new Change("a", 1, 1)));
		StepVerifier.create(id(this.stream.next())).expectNextCount(1).expectComplete().verify(LIMIT);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.stream.isStalled()).as("it is this process that is late").isFalse();
		this.stream.handed();

		this.clock.advance(Duration.ofMillis(4700));
		boolean early = this.stream.isStalled();
		this.clock.advance(Duration.ofMillis(200));
		boolean late = this.stream.isStalled();
		this.stream.cut();

		assertThat(early).isFalse();
		assertThat(late).isTrue();
		assertThat(this.cuts).hasValue(1);
		assertThat(this.stream.isStalled()).isFalse();
	}

	@Test
	void isNotStalledAsLongAsPiecesAreWrittenNorWhenThereIsNothingToWrite() {
		this.stream.offer(List.of(new Change("a", 1, 1)));
		StepVerifier.create(id(this.stream.next())).expectNextCount(1).expectComplete().verify(LIMIT);
		for (int piece = 0; piece < 10; piece++) {
			this.stream.handed();
			this.clock.advance(Duration.ofSeconds(4));
			assertThat(this.stream.isStalled()).isFalse();
			this.stream.progressed();
		}
		this.stream.next().subscribe();
		this.clock.advance(Duration.ofHours(1));

		assertThat(this.stream.isStalled()).isFalse();
	}

	@Test
	void endsAWaitingConnection() {
		StepVerifier.create(this.stream.next()).then(this.stream::end).expectComplete().verify(LIMIT);
		StepVerifier.create(this.stream.next()).expectComplete().verify(LIMIT);
		assertThat(this.stream.isClosed()).isTrue();
	}

	private static Mono<String> id(Mono<Frame> frame) {
		return frame.map((sent) -> new String(sent.head(), StandardCharsets.UTF_8).lines().toList().get(1));
	}

	private static final class Registry implements WatchStream.Encoder {

		@Override
		public Image image(String service) {
			return new Image(1, new Content(false, List.of(), List.of(), List.of()));
		}

		@Override
		public Frame frame(Change change, Image image, Image.@Nullable Base base) {
			return Frame.service("r", change, image);
		}

		@Override
		public void sent(int events, Frame frame) {
			// Nobody asks.
		}

	}

}
