package io.meshup.registry.rule.check;

import java.util.ArrayList;
import java.util.List;

import io.meshup.registry.problem.Violation;

/**
 * Collects what is wrong and what is doubtful in one document.
 */
final class Findings {

	private final int document;

	private final List<Violation> violations = new ArrayList<>();

	private final List<RuleWarning> warnings = new ArrayList<>();

	Findings(int document) {
		this.document = document;
	}

	void wrong(String pointer, String message) {
		this.violations.add(Violation.of(this.document, pointer, message));
	}

	void wrong(List<Violation> more) {
		this.violations.addAll(more);
	}

	void doubtful(String pointer, String message) {
		this.warnings.add(new RuleWarning(pointer, message));
	}

	int document() {
		return this.document;
	}

	List<Violation> violations() {
		return this.violations.stream().distinct().toList();
	}

	List<RuleWarning> warnings() {
		return List.copyOf(this.warnings);
	}

}
