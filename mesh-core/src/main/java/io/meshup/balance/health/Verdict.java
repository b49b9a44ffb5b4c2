package io.meshup.balance.health;

import org.jspecify.annotations.Nullable;

/**
 * What a failure changed about an instance.
 *
 * @param ejection why it is left out from now on, or {@code null}
 * @param returned whether it had been left out and is back
 */
public record Verdict(@Nullable String ejection, boolean returned) {

	static final Verdict NONE = new Verdict(null, false);

	static final Verdict RETURNED = new Verdict(null, true);

	static Verdict ejected(@Nullable String reason) {
		return (reason != null) ? new Verdict(reason, false) : NONE;
	}

}
