package io.meshup.control.link;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How this process stands to the registry, as shown by {@code /actuator/mesh}. Immutable.
 *
 * @param connected whether the watch is connected
 * @param joined whether the last beat was taken
 * @param url the registry in use or tried last
 * @param since for how long {@code connected} has been what it is
 * @param registry the name of the registry whose state is in force, or {@code null} while
 * nothing is known
 * @param revision the registry's revision as far as this process has heard, on the line
 * or in answers to beats
 * @param applied all that is watched is in force up to this revision
 * @param staleFor how long ago the registry was last heard, by this process or by the one
 * that wrote the last good state; zero while connected
 * @param outdated whether that is longer than what is known should be relied on; it is
 * used all the same
 * @param fromDisk whether only the last good state from disk is in force, no live
 * snapshot yet
 * @param lastError the problem that is still there in plain words, or {@code null}
 */
public record RegistryState(boolean connected, boolean joined, @Nullable URI url, Duration since,
		@Nullable String registry, long revision, long applied, Duration staleFor, boolean outdated, boolean fromDisk,
		@Nullable String lastError) {
}
