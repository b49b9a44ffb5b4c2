/**
 * What one call of a client costs, beside its peers.
 */
@NullMarked
package io.meshup.benchmarks.call;

import org.jspecify.annotations.NullMarked;
