/**
 * Which rule, lane and version a request gets, and that a split holds.
 */
@NullMarked
package io.meshup.traffic.split;

import org.jspecify.annotations.NullMarked;
