package io.meshup.registry.rule.check.field;

import java.util.ArrayList;
import java.util.List;

import io.meshup.registry.problem.Violation;

/**
 * Collects what is wrong and what is doubtful in one document.
 */
public final class Findings {

	private final int document;

	private final List<Violation> violations = new ArrayList<>();

	private final List<RuleWarning> warnings = new ArrayList<>();

	public Findings(int document) {
		this.document = document;
	}

	public void wrong(String pointer, String message) {
		this.violations.add(Violation.of(this.document, pointer, message));
	}

	public void wrong(List<Violation> more) {
		this.violations.addAll(more);
	}

	public void doubtful(String pointer, String message) {
		this.warnings.add(new RuleWarning(pointer, message));
	}

	public int document() {
		return this.document;
	}

	public List<Violation> violations() {
		return this.violations.stream().distinct().toList();
	}

	public List<RuleWarning> warnings() {
		return List.copyOf(this.warnings);
	}

}
