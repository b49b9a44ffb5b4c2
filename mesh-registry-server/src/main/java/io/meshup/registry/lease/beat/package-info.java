/**
 * What a beat may say, and who hears of it.
 */
@NullMarked
package io.meshup.registry.lease.beat;

import org.jspecify.annotations.NullMarked;
