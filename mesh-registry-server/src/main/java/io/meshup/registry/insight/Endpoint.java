package io.meshup.registry.insight;

/**
 * One end of an edge.
 *
 * @param service the service, or {@code (outside)}
 * @param version its version, empty for the outside
 */
record Endpoint(String service, String version) {
}
