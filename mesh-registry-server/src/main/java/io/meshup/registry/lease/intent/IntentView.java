package io.meshup.registry.lease.intent;

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
public record IntentView(String scope, String name, Instant since, String by, long revision) {

	public static IntentView of(Intent intent) {
		return new IntentView(word(intent.target().scope()), intent.target().name(), intent.since(), intent.by(),
				intent.revision());
	}

	public static String word(Intent.Scope scope) {
		return scope.name().toLowerCase(Locale.ROOT);
	}

}
