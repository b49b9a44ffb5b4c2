/**
 * The last good state on disk, so that a start survives an outage of the registry.
 */
@NullMarked
package io.meshup.control.lastgood;

import org.jspecify.annotations.NullMarked;
