/**
 * What the engine and its adapters say to each other: the next step, and what came of it.
 */
@NullMarked
package io.meshup.traffic.step;

import org.jspecify.annotations.NullMarked;
