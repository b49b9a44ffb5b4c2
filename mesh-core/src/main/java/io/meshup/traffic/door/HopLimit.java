package io.meshup.traffic.door;

import io.meshup.traffic.request.InboundView;
import io.meshup.traffic.request.MeshHeaders;
import io.meshup.traffic.step.Refusals;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * Ends requests that go round in circles: each one says over how many services it came.
 * Thread-safe.
 */
final class HopLimit implements DoorCheck {

	static final int MOST = 16;

	private final String service;

	HopLimit(String service) {
		this.service = service;
	}

	@Override
	public Step.@Nullable Reply refuse(InboundView request, long now) {
		return (MeshHeaders.hops(request) > MOST) ? Refusals.hopLimit(this.service, MOST) : null;
	}

}
