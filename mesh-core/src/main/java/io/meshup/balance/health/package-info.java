/**
 * What this process has seen of each instance: latency, errors, warmth, and whether it is
 * left out.
 */
@NullMarked
package io.meshup.balance.health;

import org.jspecify.annotations.NullMarked;
