package io.meshup.traffic;

import java.util.Map;
import java.util.random.RandomGenerator;

import io.meshup.model.rule.filter.Fault;
import io.meshup.route.CompiledFilters;
import io.meshup.route.Redirect;
import io.meshup.route.RouteRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the filters of a call's rule do before anything is sent, or instead: redirect,
 * then delay, then abort. Belongs to one call.
 */
final class Intervention {

	private final CompiledFilters filters;

	private final String service;

	private boolean delayed;

	Intervention(CompiledFilters filters, String service) {
		this.filters = filters;
		this.service = service;
	}

	// Returns a wait at most once, then an answer, or {@code null} to go on.
	@Nullable Step next(RouteRequest request, RandomGenerator random) {
		Redirect redirect = this.filters.redirect();
		if (redirect != null) {
			return new Step.Reply(redirect.status(), Map.of("location",
					redirect.location(request.path(), request.rawQuery()), Refusals.REASON_HEADER, Refusals.REDIRECT),
					new byte[0]);
		}
		Fault fault = this.filters.fault();
		return (fault != null) ? trouble(fault, random) : null;
	}

	private @Nullable Step trouble(Fault fault, RandomGenerator random) {
		Fault.Delay delay = fault.delay();
		if (delay != null && !this.delayed) {
			this.delayed = true;
			if (isDrawn(delay.percent(), random)) {
				return new Step.Wait(delay.duration());
			}
		}
		Fault.Abort abort = fault.abort();
		return (abort != null && isDrawn(abort.percent(), random)) ? Refusals.fault(this.service, abort.status())
				: null;
	}

	static boolean isDrawn(double percent, RandomGenerator random) {
		return percent >= 100 || (percent > 0 && random.nextDouble() * 100 < percent);
	}

}
