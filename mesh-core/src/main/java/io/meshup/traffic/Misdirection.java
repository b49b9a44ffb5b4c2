package io.meshup.traffic;

import java.util.function.Supplier;

import io.meshup.model.Instance;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request that is meant for a service which was at this address before. Only
 * where the address is this process's own, because others pass headers on: proxies, and
 * applications that copy all of them. Thread-safe.
 */
final class Misdirection implements DoorCheck {

	/** Whom the caller means: the service, '@' and the address that it has of it. */
	static final String HEADER = "x-mesh-target";

	/** What HTTP says to a request that came to the wrong server. */
	static final int STATUS = 421;

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

	static String target(String service, Instance instance) {
		return service + '@' + instance.authority();
	}

	// Whether an answer says so. The instance did nothing with the request then.
	static boolean isTold(int status, ResponseHead head) {
		return status == STATUS && Refusals.WRONG_INSTANCE.equals(head.header(Refusals.REASON_HEADER));
	}

	@Override
	public Step.@Nullable Reply refuse(InboundView request, long now) {
		String target = request.header(HEADER);
		int at = (target != null) ? target.indexOf('@') : -1;
		if (target == null || at < 0 || target.substring(0, at).equals(this.service)) {
			return null;
		}
		boolean here = target.substring(at + 1).equals(this.address.get());
		return here ? Refusals.wrongInstance(this.service, target.substring(0, at)) : null;
	}

}
