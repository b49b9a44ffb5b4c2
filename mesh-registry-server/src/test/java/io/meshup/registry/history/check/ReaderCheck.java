package io.meshup.registry.history.check;

import java.util.Map;
import java.util.function.BiConsumer;

import io.meshup.registry.history.operation.Sighting;
import io.meshup.registry.history.operation.Version;

/**
 * Follows what one reader sees of one rule, which may be late, but never false, never
 * early and never older than what was seen before.
 */
final class ReaderCheck {

	private final Map<Integer, Version> versions;

	private final Map<Integer, Long> begins;

	private final BiConsumer<String, Sighting> violations;

	private long least;

	private boolean isThere;

	/**
	 * A reader who has seen nothing.
	 * @param versions the history, by content
	 * @param begins when each content was first sent
	 * @param violations is told what cannot be
	 */
	ReaderCheck(Map<Integer, Version> versions, Map<Integer, Long> begins, BiConsumer<String, Sighting> violations) {
		this.versions = versions;
		this.begins = begins;
		this.violations = violations;
	}

	void see(Sighting sighting) {
		if (sighting.isOfNothing()) {
			// What was there before it went may not come back.
			this.least += this.isThere ? 1 : 0;
			this.isThere = false;
			return;
		}
		Version version = sighting.version();
		if (version.revision() < this.least) {
			this.violations.accept("seen after revision " + this.least, sighting);
		}
		if (!version.equals(this.versions.get(version.value()))) {
			this.violations.accept("seen but in no history", sighting);
		}
		if (this.begins.getOrDefault(version.value(), Long.MAX_VALUE) > sighting.at()) {
			this.violations.accept("seen before it was written", sighting);
		}
		this.least = version.revision();
		this.isThere = true;
	}

}
