package io.meshup.registry.insight.edge;

/**
 * One end of an edge.
 *
 * @param service the service, or {@code (outside)}
 * @param version its version, empty for the outside
 */
public record Endpoint(String service, String version) {
}
