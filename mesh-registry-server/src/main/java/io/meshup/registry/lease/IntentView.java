package io.meshup.registry.lease;

import java.time.Instant;
import java.util.Locale;

/**
 * An operator's intent as operators see it. Immutable.
 *
 * @param scope {@code instance} or {@code version}
 * @param name the instance's id or the version
 * @param since when it was said
 * @param by who said it
 * @param revision the revision from which on it is published
 */
record IntentView(String scope, String name, Instant since, String by, long revision) {

	static IntentView of(Intent intent) {
		return new IntentView(word(intent.target().scope()), intent.target().name(), intent.since(), intent.by(),
				intent.revision());
	}

	static String word(Intent.Scope scope) {
		return scope.name().toLowerCase(Locale.ROOT);
	}

}
