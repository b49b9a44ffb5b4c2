/**
 * The watch of the registry: the line, its events, and what becomes of the snapshots.
 */
@NullMarked
package io.meshup.control.watch;

import org.jspecify.annotations.NullMarked;
