package io.meshup.traffic;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Ends requests that go round in circles: each one says over how many services it came.
 * Thread-safe.
 */
final class HopLimit implements DoorCheck {

	static final String HEADER = "x-mesh-hops";

	static final int MOST = 16;

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

	private final String service;

	HopLimit(String service) {
		this.service = service;
	}

	// How many calls led here, this one included; without the header it is the first.
	static int of(InboundView request) {
		String hops = request.header(HEADER);
		return (hops != null && NUMBER.matcher(hops).matches()) ? Integer.parseInt(hops) : 1;
	}

	@Override
	public Step.@Nullable Reply refuse(InboundView request, long now) {
		return (of(request) > MOST) ? Refusals.hopLimit(this.service) : null;
	}

}
