/**
 * Why a call went where it went, for a request that asks and may.
 */
@NullMarked
package io.meshup.traffic.explain;

import org.jspecify.annotations.NullMarked;
