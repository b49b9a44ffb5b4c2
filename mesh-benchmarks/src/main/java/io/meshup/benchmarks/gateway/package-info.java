/**
 * What a request through a gateway costs, beside other gateways.
 */
@NullMarked
package io.meshup.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
