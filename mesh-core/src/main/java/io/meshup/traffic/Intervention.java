package io.meshup.traffic;

import java.util.Map;
import java.util.random.RandomGenerator;

import io.meshup.model.rule.filter.Fault;
import io.meshup.route.filter.CompiledFilters;
import io.meshup.route.filter.Redirect;
import io.meshup.route.match.RouteRequest;
import io.meshup.traffic.step.Refusals;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * What the filters of a call's rule do before anything is sent, or instead: redirect,
 * then delay, then abort.
 */
final class Intervention {

	private Intervention() {
	}

	// Returns an answer, a wait (then {@link #afterDelay} is asked), or {@code null} to
	// go on.
	static @Nullable Step first(CompiledFilters filters, String service, RouteRequest request, RandomGenerator random) {
		Redirect redirect = filters.redirect();
		if (redirect != null) {
			return new Step.Reply(redirect.status(), Map.of("location",
					redirect.location(request.path(), request.rawQuery()), Refusals.REASON_HEADER, Refusals.REDIRECT),
					new byte[0]);
		}
		Fault fault = filters.fault();
		Fault.Delay delay = (fault != null) ? fault.delay() : null;
		return (delay != null && isDrawn(delay.percent(), random)) ? new Step.Wait(delay.duration())
				: afterDelay(filters, service, random);
	}

	// Returns an answer, or {@code null} to go on.
	static @Nullable Step afterDelay(CompiledFilters filters, String service, RandomGenerator random) {
		Fault fault = filters.fault();
		Fault.Abort abort = (fault != null) ? fault.abort() : null;
		return (abort != null && isDrawn(abort.percent(), random)) ? Refusals.fault(service, abort.status()) : null;
	}

	static boolean isDrawn(double percent, RandomGenerator random) {
		return percent >= 100 || (percent > 0 && random.nextDouble() * 100 < percent);
	}

}
