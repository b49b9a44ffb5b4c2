/**
 * The one traffic engine: composes routing, balancing and limits into the next step of a
 * call, and leaves all I/O to its adapters.
 */
@NullMarked
package io.meshup.traffic;

import org.jspecify.annotations.NullMarked;
