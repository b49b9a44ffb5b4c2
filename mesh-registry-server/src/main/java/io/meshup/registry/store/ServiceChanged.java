package io.meshup.registry.store;

/**
 * Tells that something about a service is in force since a revision.
 *
 * @param service the service, or {@code *} for rules of the whole mesh
 * @param revision the revision; each is given to one service only
 */
public record ServiceChanged(String service, long revision) {
}
