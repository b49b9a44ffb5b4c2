package io.meshup.traffic;

import io.meshup.limit.Breaker;
import org.jspecify.annotations.Nullable;

/**
 * The permissions of one attempt. Each is given back once.
 *
 * @param version that of the version's breaker, or {@code null} where there is none
 * @param rule that of the rule's own breaker, or {@code null}
 */
record Permits(Breaker.@Nullable Permission version, Breaker.@Nullable Permission rule) {

	private static final Permits NONE = new Permits(null, null);

	static Permits of(Breaker.@Nullable Permission version, Breaker.@Nullable Permission rule) {
		return (version == null && rule == null) ? NONE : new Permits(version, rule);
	}

	void settle(boolean error, long nanos) {
		settle(this.version, error, nanos);
		settle(this.rule, error, nanos);
	}

	void giveBack() {
		giveBackVersion();
		if (this.rule != null) {
			this.rule.release();
		}
	}

	// The rule's goes on to another choice.
	void giveBackVersion() {
		if (this.version != null) {
			this.version.release();
		}
	}

	private static void settle(Breaker.@Nullable Permission permission, boolean error, long nanos) {
		if (permission == null) {
			return;
		}
		if (error) {
			permission.onError(nanos);
		}
		else {
			permission.onSuccess(nanos);
		}
	}

}
