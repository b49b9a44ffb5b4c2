/**
 * What flowed over one edge between two services: counters, latencies and their course in
 * time.
 */
@NullMarked
package io.meshup.registry.insight.edge;

import org.jspecify.annotations.NullMarked;
