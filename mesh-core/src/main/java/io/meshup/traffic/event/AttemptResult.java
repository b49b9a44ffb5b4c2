package io.meshup.traffic.event;

import io.meshup.traffic.step.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt of a call ended.
 *
 * @param service the service that was called
 * @param version the instance's version
 * @param instanceId the instance
 * @param attempt counted from 1
 * @param status of the response, or -1 without one
 * @param failure what went wrong, or {@code null} with a response
 * @param nanos until the head of the response or the failure
 */
public record AttemptResult(String service, String version, String instanceId, int attempt, int status,
		@Nullable FailureKind failure, long nanos) {
}
