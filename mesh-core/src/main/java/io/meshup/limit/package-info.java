/**
 * What keeps load from doing harm: retry budget and circuit breaker of a caller, rate
 * limits and the adaptive concurrency limit at a door.
 */
@NullMarked
package io.meshup.limit;

import org.jspecify.annotations.NullMarked;
