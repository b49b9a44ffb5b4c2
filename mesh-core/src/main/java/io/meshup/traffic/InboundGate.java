package io.meshup.traffic;

import java.util.List;

import io.meshup.limit.AdaptiveLimit;
import io.meshup.route.split.StickyHashes;
import io.meshup.route.split.StickyKey;
import org.jspecify.annotations.Nullable;

/**
 * The door of this process's own service: refuses what must not come in, reads what each
 * request brings along for the calls that are made to answer it, and counts the requests
 * that no participant of the mesh sent, since nobody else can. Thread-safe.
 */
public final class InboundGate {

	/**
	 * The header by which participants name themselves.
	 */
	public static final String SOURCE_HEADER = "x-mesh-source";

	private final TrafficEngine engine;

	private final String version;

	private final List<DoorCheck> checks;

	private final @Nullable AdaptiveLimit limit;

	InboundGate(TrafficEngine engine, String version, List<DoorCheck> checks, @Nullable AdaptiveLimit limit) {
		this.engine = engine;
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
		long now = this.engine.now();
		boolean outside = request.header(SOURCE_HEADER) == null;
		CallContext context = MeshHeaders.read(request, sticky(request, outside), now);
		if (!context.laneName().isEmpty()) {
			this.engine.lanedTraces().add(request.header(LanedTraces.HEADER), now);
		}
		Step.Reply refusal = refusal(request, context, now);
		boolean inWork = refusal == null && this.limit != null;
		if (inWork && this.limit != null && !this.limit.tryAcquire()) {
			refusal = DoorRefusals.overloaded(this.engine.source(), this.limit.limit());
			inWork = false;
		}
		if (refusal != null) {
			this.engine.listeners().onRefused(Refusals.reason(refusal));
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
		this.engine.edges()
			.countOutside(this.engine.source(), this.version, status, (this.engine.now() - start) / 1_000);
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
			long now = this.engine.now();
			this.limit.release(now - start, now);
		}
	}

	// Work that nobody waits for any more is refused before anything counts it.
	private Step.@Nullable Reply refusal(InboundView request, CallContext context, long now) {
		if (context.left(now) <= 0) {
			return Refusals.deadline(this.engine.source());
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
		for (StickyKey key : this.engine.services().stickyKeys()) {
			hashes = hashes.with(key.name(), key.hash(new InboundRequest(request, outside)));
		}
		return hashes;
	}

}
