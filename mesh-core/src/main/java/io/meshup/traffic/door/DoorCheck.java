package io.meshup.traffic.door;

import io.meshup.traffic.request.InboundView;
import io.meshup.traffic.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * One reason for which a request may be refused before any of its work is done. Called by
 * many threads.
 */
@FunctionalInterface
interface DoorCheck {

	/**
	 * Judges a request that arrives.
	 * @param request the request
	 * @param now the present in nanoseconds
	 * @return the answer in place of the service's own, or {@code null} to let it in
	 */
	Step.@Nullable Reply refuse(InboundView request, long now);

}
