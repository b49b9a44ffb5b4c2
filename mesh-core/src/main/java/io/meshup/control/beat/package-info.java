/**
 * The lease of this process: its beats, what the registry grants, and the wait for a
 * drain.
 */
@NullMarked
package io.meshup.control.beat;

import org.jspecify.annotations.NullMarked;
