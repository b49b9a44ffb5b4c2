package io.meshup.model.beat;

import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The registry's answer to a beat.
 *
 * @param lease how long the instance stays listed without another beat
 * @param beat how long to wait before the next beat
 * @param revision the registry's present revision
 * @param drain how far its drain has come, {@code null} unless the instance is draining
 * @param shares which part of each mesh-wide limit in demand the instance may have, 0 to
 * 1; left out where no limit is in demand
 * @param elsewhere whether another registry is better placed, because this one is cut off
 * from the others; left out otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LeaseGrant(Duration lease, Duration beat, long revision, @Nullable DrainProgress drain,
		@JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> shares,
		@JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean elsewhere) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public LeaseGrant {
		shares = (shares != null) ? Map.copyOf(shares) : Map.of();
	}

	/**
	 * The answer to an instance that is not draining, where no limit is in demand.
	 * @param lease how long the instance stays listed without another beat
	 * @param beat how long to wait before the next beat
	 * @param revision the registry's present revision
	 */
	public LeaseGrant(Duration lease, Duration beat, long revision) {
		this(lease, beat, revision, null, Map.of(), false);
	}

	/**
	 * The same with shares.
	 * @param others the shares
	 * @return the grant
	 */
	public LeaseGrant withShares(Map<String, Double> others) {
		return new LeaseGrant(this.lease, this.beat, this.revision, this.drain, others, this.elsewhere);
	}

}
