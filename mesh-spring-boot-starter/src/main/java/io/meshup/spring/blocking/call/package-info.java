/**
 * Carries one call of the engine out on the caller's thread, whatever client it is made
 * by: attempts, deadlines, mirrors and the end of the body.
 */
@NullMarked
package io.meshup.spring.blocking.call;

import org.jspecify.annotations.NullMarked;
