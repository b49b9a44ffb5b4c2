package io.meshup.traffic.door;

import java.util.function.Supplier;

import io.meshup.traffic.request.InboundView;
import io.meshup.traffic.request.MeshHeaders;
import io.meshup.traffic.step.Refusals;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request that is meant for a service which was at this address before. Only
 * where the address is this process's own, because others pass headers on: proxies, and
 * applications that copy all of them. Thread-safe.
 */
final class Misdirection implements DoorCheck {

	private final String service;

	private final Supplier<String> address;

	/**
	 * Makes a check.
	 * @param service this process's own service
	 * @param address host and port as callers know this process; empty when unknown
	 */
	Misdirection(String service, Supplier<String> address) {
		this.service = service;
		this.address = address;
	}

	@Override
	public Step.@Nullable Reply refuse(InboundView request, long now) {
		String target = request.header(MeshHeaders.TARGET);
		int at = (target != null) ? target.indexOf('@') : -1;
		if (target == null || at < 0 || target.substring(0, at).equals(this.service)) {
			return null;
		}
		boolean here = target.substring(at + 1).equals(this.address.get());
		return here ? Refusals.wrongInstance(this.service, target.substring(0, at)) : null;
	}

}
