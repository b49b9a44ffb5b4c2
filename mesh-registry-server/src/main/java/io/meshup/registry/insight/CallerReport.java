package io.meshup.registry.insight;

import java.util.List;

import io.meshup.model.BreakerState;

/**
 * What one caller says of one version that it calls.
 *
 * @param service the caller's service
 * @param id the caller
 * @param version the version that is called
 * @param breaker the caller's breaker
 * @param ejected the instances that the caller leaves out
 */
public record CallerReport(String service, String id, String version, BreakerState breaker, List<String> ejected) {
}
