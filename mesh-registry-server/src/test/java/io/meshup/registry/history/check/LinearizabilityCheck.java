package io.meshup.registry.history.check;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.meshup.registry.history.operation.Answer;
import io.meshup.registry.history.operation.Attempt;
import io.meshup.registry.history.operation.Operation;

/**
 * Whether the operations on one register could have happened one after the other, each at
 * a moment between its begin and its end.
 * <p>
 * The search is that of J. M. Wing and C. Gong, "Testing and Verifying Concurrent
 * Objects", Journal of Parallel and Distributed Computing 17 (1993), with the memory of
 * what was tried by G. Lowe, "Testing for Linearizability", Concurrency and Computation
 * 29 (2017): a set of placed operations is never looked at twice with the same content.
 * Registers are checked one by one, since linearizability is local (M. Herlihy and J.
 * Wing, 1990).
 */
final class LinearizabilityCheck {

	private final List<Operation> operations;

	private final Timeline timeline;

	private final Deque<Placed> path = new ArrayDeque<>();

	private final Set<Tried> tried = new HashSet<>();

	private BitSet placed = new BitSet();

	private long present = Attempt.ABSENT;

	private int open;

	private int most = -1;

	private String furthest = "";

	private LinearizabilityCheck(List<Operation> operations) {
		this.operations = operations;
		this.timeline = Timeline.of(operations);
		this.open = (int) operations.stream().filter((operation) -> operation.answer().isCertain()).count();
	}

	/**
	 * Looks for an order.
	 * @param operations all operations on one register that begins absent
	 * @return empty when there is one, else how far it went
	 */
	static Optional<String> check(List<Operation> operations) {
		return new LinearizabilityCheck(relevant(operations)).search();
	}

	// What was refused did not happen. Of what nobody knows, a content that nobody ever
	// met could as well have come last, so it constrains nothing.
	private static List<Operation> relevant(List<Operation> operations) {
		Set<Long> met = operations.stream()
			.flatMapToLong((operation) -> operation.answer().isCertain()
					? LongStream.of(operation.answer().revision(), operation.attempt().expected())
					: LongStream.of(operation.attempt().expected()))
			.boxed()
			.collect(Collectors.toSet());
		return operations.stream()
			.filter((operation) -> operation.answer().isCertain()
					|| (operation.answer().result() == Answer.Result.UNKNOWN && isMet(operation, met)))
			.toList();
	}

	private static boolean isMet(Operation operation, Set<Long> met) {
		return operation.attempt().deletes() || (operation.attempt().kind() != Attempt.Kind.READ
				&& operation.answer().revision() > 0 && met.contains(operation.answer().revision()));
	}

	private Optional<String> search() {
		Timeline.Event event = this.timeline.first();
		while (this.open > 0) {
			if (!event.isBegin()) {
				note(event);
				if (this.path.isEmpty()) {
					return Optional.of(this.furthest);
				}
				event = takeBack().next();
			}
			else {
				event = isPlaced(event) ? this.timeline.first() : event.next();
			}
		}
		return Optional.empty();
	}

	private boolean isPlaced(Timeline.Event event) {
		long after = this.operations.get(event.operation()).after(this.present);
		if (after == Answer.NOT_KNOWN) {
			return false;
		}
		BitSet then = (BitSet) this.placed.clone();
		then.set(event.operation());
		if (!this.tried.add(new Tried(then, after))) {
			return false;
		}
		this.path.push(new Placed(event, this.present));
		this.placed = then;
		this.present = after;
		count(event, -1);
		event.takeOut();
		return true;
	}

	private Timeline.Event takeBack() {
		Placed last = this.path.pop();
		last.event().putBack();
		BitSet before = (BitSet) this.placed.clone();
		before.clear(last.event().operation());
		this.placed = before;
		this.present = last.present();
		count(last.event(), 1);
		return last.event();
	}

	private void count(Timeline.Event event, int change) {
		if (this.operations.get(event.operation()).answer().isCertain()) {
			this.open += change;
		}
	}

	// Every operation that began before this end was tried, and none fits.
	private void note(Timeline.Event end) {
		if (this.path.size() <= this.most) {
			return;
		}
		this.most = this.path.size();
		this.furthest = "after %d of %d operations, at revision %d, nothing fits before the end of {%s}; just before: %s"
			.formatted(this.most, this.operations.size(), this.present, this.operations.get(end.operation()),
					this.path.stream()
						.limit(6)
						.map((step) -> this.operations.get(step.event().operation()).toString())
						.collect(Collectors.joining(" <- ")));
	}

	private record Placed(Timeline.Event event, long present) {
	}

	private record Tried(BitSet placed, long present) {
	}

}
