/**
 * What the engine's decision and the choice among instances cost (JMH).
 */
@NullMarked
package io.meshup.benchmarks.decision;

import org.jspecify.annotations.NullMarked;
