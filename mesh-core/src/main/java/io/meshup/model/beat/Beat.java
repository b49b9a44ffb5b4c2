package io.meshup.model.beat;

import java.util.List;
import java.util.Map;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /api/v1/services/{service}/instances/{id}}: registers, renews
 * the lease, acknowledges what is in force and carries the edge counters, all in one.
 *
 * @param incarnation a random name of this process
 * @param host name or address to connect to
 * @param port 1 to 65535
 * @param scheme {@code http} (default) or {@code https}
 * @param version default {@code v1}
 * @param zone default {@code default}
 * @param lane the lane it serves, or {@code null}
 * @param weight 0 to 1,000,000, default 100
 * @param status any but {@link InstanceStatus#SUSPECT}
 * @param metadata flat text
 * @param applied all that this instance watches is in force up to this revision
 * @param busy draining instances, as {@code service/id}, that this instance has chosen
 * for requests which they have not begun to answer: it does not confirm their drain yet
 * @param rejected rules that it could not use
 * @param edges the edges that changed since the last beat that was answered
 * @param demand how much its mesh-wide limits are asked for
 */
public record Beat(String incarnation, String host, int port, String scheme, String version, String zone,
		@Nullable String lane, Integer weight, InstanceStatus status, Map<String, String> metadata, long applied,
		List<String> busy, List<RejectedRule> rejected, List<EdgeTotals> edges, List<LimitDemand> demand) {

	/**
	 * So many busy instances are listed at most.
	 */
	public static final int MAX_BUSY = 1_000;

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public Beat {
		incarnation = (incarnation != null) ? incarnation : "";
		busy = (busy != null) ? List.copyOf(busy) : List.of();
		rejected = (rejected != null) ? List.copyOf(rejected) : List.of();
		edges = (edges != null) ? List.copyOf(edges) : List.of();
		demand = (demand != null) ? List.copyOf(demand) : List.of();
		if (status == InstanceStatus.SUSPECT) {
			throw new IllegalArgumentException("'status' must be STARTING, UP, DOWN or DRAINING but was SUSPECT");
		}
		Instance checked = new Instance("checked", host, port, scheme, version, zone, lane, weight, status, metadata);
		scheme = checked.scheme();
		version = checked.version();
		zone = checked.zone();
		weight = checked.weight();
		metadata = checked.metadata();
	}

	/**
	 * The instance that this beat speaks for.
	 * @param id its id, from the path
	 * @return the instance
	 */
	public Instance instance(String id) {
		return new Instance(id, this.host, this.port, this.scheme, this.version, this.zone, this.lane, this.weight,
				this.status, this.metadata);
	}

}
