package io.meshup.model;

import java.time.Duration;

/**
 * The registry's answer to a beat.
 *
 * @param lease how long the instance stays listed without another beat
 * @param beat how long to wait before the next beat
 * @param revision the registry's present revision
 */
public record LeaseGrant(Duration lease, Duration beat, long revision) {
}
