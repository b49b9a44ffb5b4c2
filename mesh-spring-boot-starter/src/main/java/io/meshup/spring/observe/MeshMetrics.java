package io.meshup.spring.observe;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.meshup.traffic.event.AttemptResult;
import io.meshup.traffic.event.CallResult;
import io.meshup.traffic.event.TrafficListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Times each call and each attempt, and counts what is refused at the door, in every
 * meter registry that it is bound to. It is bound rather than given a registry, because a
 * registry may itself send its metrics by a client that goes through the engine.
 * Thread-safe.
 */
final class MeshMetrics implements TrafficListener, MeterBinder {

	private final List<CallMeters> meters = new CopyOnWriteArrayList<>();

	@Override
	public void bindTo(MeterRegistry registry) {
		this.meters.add(new CallMeters(registry));
	}

	@Override
	public void onAttempt(AttemptResult result) {
		for (CallMeters each : this.meters) {
			each.record(result);
		}
	}

	@Override
	public void onRefused(String reason) {
		for (CallMeters each : this.meters) {
			each.refused(reason);
		}
	}

	@Override
	public void onCall(CallResult result) {
		for (CallMeters each : this.meters) {
			each.record(result);
		}
	}

}
