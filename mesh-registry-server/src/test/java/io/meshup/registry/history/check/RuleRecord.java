package io.meshup.registry.history.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.meshup.registry.history.operation.Answer;
import io.meshup.registry.history.operation.Attempt;
import io.meshup.registry.history.operation.Operation;
import io.meshup.registry.history.operation.Sighting;
import io.meshup.registry.history.operation.Version;

/**
 * All that clients asked and saw of one rule. Thread-safe while it is filled.
 */
public final class RuleRecord {

	private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

	private final Queue<Sighting> sightings = new ConcurrentLinkedQueue<>();

	public void add(Operation operation) {
		this.operations.add(operation);
	}

	public void add(Sighting sighting) {
		this.sightings.add(sighting);
	}

	List<Operation> operations() {
		return List.copyOf(this.operations);
	}

	public long count(Answer.Result result) {
		return this.operations.stream().filter((operation) -> operation.answer().result() == result).count();
	}

	public int seen() {
		return this.sightings.size();
	}

	/**
	 * What cannot be.
	 * @param versions the history that the registry tells in the end, oldest first
	 * @return one sentence each, empty when all is well
	 */
	public List<String> violations(List<Version> versions) {
		List<String> violations = new ArrayList<>();
		Map<Integer, Version> byValue = versions.stream()
			.filter((version) -> version.value() != Attempt.ABSENT)
			.collect(Collectors.toMap(Version::value, Function.identity(), (one, other) -> one));
		for (int i = 1; i < versions.size(); i++) {
			if (versions.get(i).revision() <= versions.get(i - 1).revision()) {
				violations.add("the history goes back: " + versions.get(i - 1) + ", then " + versions.get(i));
			}
		}
		this.operations.forEach((operation) -> checkKept(operation, versions, byValue, violations));
		checkSightings(byValue, violations);
		LinearizabilityCheck.check(resolved(byValue))
			.ifPresent((how) -> violations.add("no order explains the answers: " + how));
		return violations;
	}

	private static void checkKept(Operation operation, List<Version> versions, Map<Integer, Version> byValue,
			List<String> violations) {
		if (operation.answer().result() == Answer.Result.DONE
				&& versions.stream().noneMatch((version) -> isMade(operation, version))) {
			violations.add("acknowledged and lost: " + operation);
		}
		if (operation.answer().result() == Answer.Result.REFUSED && byValue.containsKey(operation.attempt().value())) {
			violations.add("refused and kept: " + operation);
		}
		if (operation.answer().result() == Answer.Result.SAW && byValue.containsKey(operation.attempt().value())) {
			violations.add("not to be done and kept: " + operation);
		}
	}

	// A deletion is answered with the revision of the whole registry, which may be later.
	private static boolean isMade(Operation operation, Version version) {
		long answered = operation.answer().revision();
		return version.value() == operation.attempt().value()
				&& (version.revision() == answered || (operation.attempt().deletes()
						&& version.revision() > operation.attempt().expected() && version.revision() < answered));
	}

	private void checkSightings(Map<Integer, Version> byValue, List<String> violations) {
		Map<Integer, Long> begins = this.operations.stream()
			.collect(Collectors.toMap((operation) -> operation.attempt().value(), Operation::invoked, Math::min));
		Map<String, ReaderCheck> readers = new HashMap<>();
		for (Sighting sighting : this.sightings) {
			readers
				.computeIfAbsent(sighting.reader(),
						(reader) -> new ReaderCheck(byValue, begins,
								(what, which) -> violations.add(what + ": " + which)))
				.see(sighting);
		}
	}

	// Of what nobody knows, the history says which revision it had, if it happened.
	private List<Operation> resolved(Map<Integer, Version> byValue) {
		return this.operations.stream().map((operation) -> {
			Version version = byValue.get(operation.attempt().value());
			return (operation.answer().result() == Answer.Result.UNKNOWN && version != null)
					? operation.answered(new Answer(Answer.Result.UNKNOWN, version.revision())) : operation;
		}).toList();
	}

}
