/**
 * What operators want drained, as the store keeps it.
 */
@NullMarked
package io.meshup.registry.lease.intent;

import org.jspecify.annotations.NullMarked;
