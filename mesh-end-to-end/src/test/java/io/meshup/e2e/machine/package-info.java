/**
 * Programs of this machine, HTTP, and waits that are patient with both.
 */
@NullMarked
package io.meshup.e2e.machine;

import org.jspecify.annotations.NullMarked;
