/**
 * Calls at a steady rate, and judging what became of them beside what the machine itself
 * did.
 */
@NullMarked
package io.meshup.e2e.load;

import org.jspecify.annotations.NullMarked;
