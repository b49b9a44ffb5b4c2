package io.meshup.model;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The registry's answer to a beat.
 *
 * @param lease how long the instance stays listed without another beat
 * @param beat how long to wait before the next beat
 * @param revision the registry's present revision
 * @param drain how far its drain has come, {@code null} unless the instance is draining
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LeaseGrant(Duration lease, Duration beat, long revision, @Nullable DrainProgress drain) {

	/**
	 * The answer to an instance that is not draining.
	 * @param lease how long the instance stays listed without another beat
	 * @param beat how long to wait before the next beat
	 * @param revision the registry's present revision
	 */
	public LeaseGrant(Duration lease, Duration beat, long revision) {
		this(lease, beat, revision, null);
	}

}
