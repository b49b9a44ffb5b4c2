/**
 * What the engine repeats, within which time and budget.
 */
@NullMarked
package io.meshup.traffic.retry;

import org.jspecify.annotations.NullMarked;
