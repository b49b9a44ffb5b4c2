/**
 * Faults that take minutes; only the profile full runs them.
 */
@NullMarked
package io.meshup.e2e.full;

import org.jspecify.annotations.NullMarked;
