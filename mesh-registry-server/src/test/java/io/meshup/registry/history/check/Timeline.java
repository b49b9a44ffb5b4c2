package io.meshup.registry.history.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.meshup.registry.history.operation.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The begins and ends of operations in the order of time, out of which operations are
 * taken while they are placed.
 */
final class Timeline {

	private final Event head = new Event(-1, 0, true);

	private Timeline(List<Event> events) {
		Event last = this.head;
		for (Event event : events) {
			last.after = event;
			event.before = last;
			last = event;
		}
	}

	/**
	 * Everything, nothing taken out.
	 * @param operations the operations, named by their index
	 * @return begins and ends; what may take effect at any time has no end
	 */
	static Timeline of(List<Operation> operations) {
		List<Event> events = new ArrayList<>();
		for (int i = 0; i < operations.size(); i++) {
			Operation operation = operations.get(i);
			Event begin = new Event(i, operation.invoked(), true);
			events.add(begin);
			if (operation.answer().isCertain()) {
				begin.end = new Event(i, operation.returned(), false);
				events.add(begin.end);
			}
		}
		// At the same moment a begin comes first: then the two may have overlapped.
		events.sort(Comparator.comparingLong((Event event) -> event.at).thenComparing((event) -> !event.isBegin));
		return new Timeline(events);
	}

	@Nullable Event first() {
		return this.head.next();
	}

	/**
	 * A begin or an end.
	 */
	static final class Event {

		private final int operation;

		private final long at;

		private final boolean isBegin;

		private @Nullable Event before;

		private @Nullable Event after;

		private @Nullable Event end;

		private Event(int operation, long at, boolean isBegin) {
			this.operation = operation;
			this.at = at;
			this.isBegin = isBegin;
		}

		int operation() {
			return this.operation;
		}

		boolean isBegin() {
			return this.isBegin;
		}

		/**
		 * The one after it that was not taken out. There always is one while an operation
		 * with an end is left: whoever walks stops at the first end.
		 * @return {@code null} after the last
		 */
		@Nullable Event next() {
			return this.after;
		}

		/**
		 * Takes a begin out, with its end.
		 */
		void takeOut() {
			unlink();
			if (this.end != null) {
				this.end.unlink();
			}
		}

		/**
		 * Puts the begin that was taken out last back, with its end.
		 */
		void putBack() {
			if (this.end != null) {
				this.end.link();
			}
			link();
		}

		private void unlink() {
			link(this.before, this.after);
		}

		private void link() {
			link(this.before, this);
			link(this, this.after);
		}

		private static void link(@Nullable Event one, @Nullable Event other) {
			if (one != null) {
				one.after = other;
			}
			if (other != null) {
				other.before = one;
			}
		}

	}

}
