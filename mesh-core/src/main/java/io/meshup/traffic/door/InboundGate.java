package io.meshup.traffic.door;

import java.util.List;

import io.meshup.limit.AdaptiveLimit;
import io.meshup.route.split.StickyHashes;
import io.meshup.route.split.StickyKey;
import io.meshup.traffic.request.CallContext;
import io.meshup.traffic.request.InboundView;
import io.meshup.traffic.request.LanedTraces;
import io.meshup.traffic.request.MeshHeaders;
import io.meshup.traffic.step.Refusals;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * The door of this process's own service: refuses what must not come in, reads what each
 * request brings along for the calls that are made to answer it, and counts the requests
 * that no participant of the mesh sent, since nobody else can. Thread-safe.
 */
public final class InboundGate {

	private final Doors doors;

	private final String version;

	private final List<DoorCheck> checks;

	private final @Nullable AdaptiveLimit limit;

	InboundGate(Doors doors, String version, List<DoorCheck> checks, @Nullable AdaptiveLimit limit) {
		this.doors = doors;
		this.version = version;
		this.checks = List.copyOf(checks);
		this.limit = limit;
	}

	/**
	 * Judges a request that arrives.
	 * @param request the request
	 * @return with the refusal, if any; to be told when the request was answered
	 */
	public Admission admit(InboundView request) {
		long now = this.doors.now();
		boolean outside = request.header(MeshHeaders.SOURCE) == null;
		CallContext context = MeshHeaders.read(request, sticky(request, outside), now);
		if (context.lane().isPresent()) {
			this.doors.lanedTraces().add(request.header(LanedTraces.HEADER), now);
		}
		Step.Reply refusal = refusal(request, context, now);
		boolean inWork = refusal == null && this.limit != null;
		if (inWork && this.limit != null && !this.limit.tryAcquire()) {
			refusal = DoorRefusals.overloaded(this.doors.source(), this.limit.limit());
			inWork = false;
		}
		if (refusal != null) {
			this.doors.listeners().onRefused(Refusals.reason(refusal));
		}
		return new Admission(this, now, new Admission.Parts(context, outside, inWork), refusal);
	}

	/**
	 * How many requests may be in work at present.
	 * @return 0 where nothing limits them
	 */
	public int concurrencyLimit() {
		return (this.limit != null) ? this.limit.limit() : 0;
	}

	void countOutside(int status, long start) {
		this.doors.edges().countOutside(this.doors.source(), this.version, status, (this.doors.now() - start) / 1_000);
	}

	// A failure that came quickly says nothing of the load.
	void release(int status, long start) {
		if (this.limit == null) {
			return;
		}
		if (status >= 500) {
			this.limit.release();
		}
		else {
			long now = this.doors.now();
			this.limit.release(now - start, now);
		}
	}

	// Work that nobody waits for any more is refused before anything counts it.
	private Step.@Nullable Reply refusal(InboundView request, CallContext context, long now) {
		if (context.left(now) <= 0) {
			return Refusals.deadline(this.doors.source());
		}
		for (DoorCheck check : this.checks) {
			Step.Reply refusal = check.refuse(request, now);
			if (refusal != null) {
				return refusal;
			}
		}
		return null;
	}

	// A key's own value wins over the hash that came along. Whose address it is, only the
	// first hop sees.
	private StickyHashes sticky(InboundView request, boolean outside) {
		StickyHashes hashes = StickyHashes.parse(request.header(MeshHeaders.STICKY));
		for (StickyKey key : this.doors.stickyKeys()) {
			hashes = hashes.with(key.name(), key.hash(new InboundRequest(request, outside)));
		}
		return hashes;
	}

}
