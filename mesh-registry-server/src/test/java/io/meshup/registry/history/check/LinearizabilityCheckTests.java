package io.meshup.registry.history.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import io.meshup.registry.history.operation.Answer;
import io.meshup.registry.history.operation.Attempt;
import io.meshup.registry.history.operation.Operation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Histories whose verdict is known, and many small random ones beside a check that simply
 * tries every order.
 */
class LinearizabilityCheckTests {

	private final List<Operation> history = new ArrayList<>();

	private void op(String client, Attempt attempt, Answer answer, long... span) {
		this.history.add(new Operation(client, attempt, answer, span[0], span[1]));
	}

	private void assertGood() {
		assertThat(LinearizabilityCheck.check(this.history)).isEmpty();
	}

	private void assertBad() {
		assertThat(LinearizabilityCheck.check(this.history)).isPresent();
	}

	@Test
	void takesWritesAndReadsInTurn() {
		op("a", Attempt.read(90), Answer.saw(0), 0, 1);
		op("a", Attempt.write(1), Answer.done(11), 2, 3);
		op("b", Attempt.read(91), Answer.saw(11), 4, 5);
		op("a", Attempt.cas(11, 2), Answer.done(12), 6, 7);
		op("b", Attempt.cas(11, 3), Answer.saw(12), 8, 9);
		op("b", Attempt.cas(12, 0), Answer.done(13), 10, 11);
		op("a", Attempt.cas(0, 4), Answer.done(14), 12, 13);

		assertGood();
	}

	@Test
	void takesOverlappingOperationsInWhateverOrderFits() {
		op("a", Attempt.write(1), Answer.done(12), 0, 10);
		op("b", Attempt.write(2), Answer.done(11), 0, 10);
		op("c", Attempt.read(90), Answer.saw(11), 1, 9);
		op("c", Attempt.read(91), Answer.saw(12), 9, 10);

		assertGood();
	}

	@Test
	void refusesAStaleRead() {
		op("a", Attempt.write(1), Answer.done(11), 0, 1);
		op("a", Attempt.write(2), Answer.done(12), 2, 3);
		op("b", Attempt.read(90), Answer.saw(11), 4, 5);

		assertBad();
	}

	@Test
	void refusesARevisionThatGoesBackBetweenTwoReads() {
		op("a", Attempt.write(1), Answer.done(11), 0, 1);
		op("a", Attempt.write(2), Answer.done(12), 2, 20);
		op("b", Attempt.read(90), Answer.saw(12), 4, 5);
		op("b", Attempt.read(91), Answer.saw(11), 6, 7);

		assertBad();
	}

	@Test
	void refusesALostUpdate() {
		op("a", Attempt.write(1), Answer.done(11), 0, 1);
		op("a", Attempt.cas(11, 2), Answer.done(12), 2, 10);
		op("b", Attempt.cas(11, 3), Answer.done(13), 2, 10);

		assertBad();
	}

	@Test
	void refusesALostAcknowledgedWrite() {
		op("a", Attempt.cas(0, 1), Answer.done(11), 0, 1);
		op("b", Attempt.cas(0, 2), Answer.done(12), 2, 3);

		assertBad();
	}

	@Test
	void refusesARefusalWithoutAReason() {
		op("a", Attempt.write(1), Answer.done(11), 0, 1);
		op("b", Attempt.cas(11, 2), Answer.saw(11), 2, 3);

		assertBad();
	}

	@Test
	void refusesADeletedContentThatComesBack() {
		op("a", Attempt.write(1), Answer.done(11), 0, 1);
		op("a", Attempt.cas(11, 0), Answer.done(12), 2, 3);
		op("b", Attempt.read(90), Answer.saw(11), 4, 5);

		assertBad();
	}

	@Test
	void letsAnUnknownWriteTakeEffectLateOrNever() {
		op("a", Attempt.write(1), new Answer(Answer.Result.UNKNOWN, 13), 0, 1);
		op("b", Attempt.write(2), Answer.done(11), 2, 3);
		op("b", Attempt.read(90), Answer.saw(11), 4, 5);
		op("b", Attempt.write(3), Answer.unknown(), 6, 7);
		op("b", Attempt.read(91), Answer.saw(13), 8, 9);

		assertGood();
	}

	@Test
	void refusesAnUnknownWriteThatTakesEffectTwiceOrBeforeItBegan() {
		op("a", Attempt.write(1), new Answer(Answer.Result.UNKNOWN, 13), 0, 1);
		op("b", Attempt.read(90), Answer.saw(13), 2, 3);
		op("b", Attempt.write(2), Answer.done(14), 4, 5);
		assertGood();
		op("b", Attempt.read(91), Answer.saw(13), 6, 7);
		assertBad();
		this.history.clear();
		op("b", Attempt.read(92), Answer.saw(13), 0, 1);
		op("a", Attempt.write(1), new Answer(Answer.Result.UNKNOWN, 13), 2, 3);
		assertBad();
	}

	@Test
	void letsAnUnknownDeletionHappenOnlyIfItsConditionHolds() {
		op("a", Attempt.write(1), Answer.done(11), 0, 1);
		op("a", Attempt.cas(11, 0), Answer.unknown(), 2, 3);
		op("b", Attempt.read(90), Answer.saw(0), 4, 5);
		assertGood();
		op("b", Attempt.write(2), Answer.done(12), 6, 7);
		op("b", Attempt.read(91), Answer.saw(0), 8, 9);
		assertBad();
	}

	@Test
	void refusesAConfirmedEffectOfARefusal() {
		op("a", Attempt.write(1), new Answer(Answer.Result.REFUSED, 11), 0, 1);
		op("b", Attempt.read(90), Answer.saw(11), 2, 3);

		assertBad();
	}

	@Test
	void saysWhereNothingFits() {
		op("a", Attempt.write(1), Answer.done(11), 0, 1);
		op("b", Attempt.read(90), Answer.saw(7), 2, 3);

		assertThat(LinearizabilityCheck.check(this.history).orElseThrow()).contains("after 1 of 2 operations")
			.contains("b read SAW @7");
	}

	@Test
	void agreesWithAllOrdersOnSmallRandomHistories() {
		Random random = new Random(45);
		int good = 0;
		for (int i = 0; i < 5_000; i++) {
			this.history.clear();
			IntStream.range(0, 2 + random.nextInt(4)).forEach((index) -> any(random, index));
			boolean expected = fits(this.history, new ArrayList<>(), Attempt.ABSENT);
			assertThat(LinearizabilityCheck.check(this.history).isEmpty()).as("%s", this.history).isEqualTo(expected);
			good += expected ? 1 : 0;
		}
		assertThat(good).isBetween(500, 4_500);
	}

	// Few revisions and moments, so that many of them fit by chance.
	private void any(Random random, int index) {
		long begin = random.nextInt(8);
		long end = begin + 1 + random.nextInt(6);
		long there = random.nextBoolean() ? 0 : 11 + random.nextInt(4);
		Attempt attempt = switch (random.nextInt(4)) {
			case 0 -> Attempt.write(1 + index);
			case 1 -> Attempt.cas(there, 1 + index);
			case 2 -> Attempt.cas(Math.max(11, there), 0);
			default -> Attempt.read(90);
		};
		boolean reads = attempt.kind() == Attempt.Kind.READ;
		Answer answer = switch (random.nextInt(reads ? 1 : 4)) {
			case 0 -> Answer.saw(random.nextBoolean() ? 0 : 11 + random.nextInt(5));
			case 1 -> new Answer(Answer.Result.UNKNOWN, 11 + index);
			default -> Answer.done(11 + index);
		};
		op("c" + index, attempt, answer, begin, end);
	}

	// Whether the rest can follow what was placed: every order, no cleverness.
	private static boolean fits(List<Operation> rest, List<Operation> done, long present) {
		if (rest.stream().noneMatch((operation) -> operation.answer().isCertain())) {
			return true;
		}
		return rest.stream().anyMatch((next) -> {
			long after = next.after(present);
			boolean tooLate = rest.stream().anyMatch((other) -> other != next && other.latest() < next.invoked());
			List<Operation> left = new ArrayList<>(rest);
			left.remove(next);
			return after != Answer.NOT_KNOWN && !tooLate && fits(left, done, after);
		});
	}

	@Test
	void checksALongHistoryOfManyClientsSoon() {
		Random random = new Random(7);
		long[] free = new long[8];
		long present = 0;
		long now = 0;
		for (int i = 1; i <= 4_000; i++) {
			int client = random.nextInt(free.length);
			now = Math.max(now + 1, free[client] + 1);
			Attempt attempt = (random.nextInt(3) > 0) ? Attempt.write(i) : Attempt.read(90);
			long made = (attempt.kind() == Attempt.Kind.WRITE) ? i : present;
			Answer answer = (attempt.kind() == Attempt.Kind.READ) ? Answer.saw(present)
					: (random.nextInt(20) == 0) ? new Answer(Answer.Result.UNKNOWN, i) : Answer.done(i);
			long begin = Math.max(free[client] + 1, now - random.nextInt(6));
			free[client] = now + random.nextInt(6);
			op("c" + client, attempt, answer, begin, free[client]);
			present = made;
		}
		assertGood();
		Operation broken = this.history.get(3_500);
		this.history.set(3_500,
				new Operation(broken.client(), Attempt.read(90), Answer.saw(5), broken.invoked(), broken.returned()));
		Optional<String> verdict = LinearizabilityCheck.check(this.history);
		assertThat(verdict).isPresent();
		assertThat(Arrays.stream(free).max()).isNotEmpty();
	}

}
