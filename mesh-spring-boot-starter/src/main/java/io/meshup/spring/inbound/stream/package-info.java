/**
 * Answers that have no end of their own, event streams and WebSockets: they are told to
 * go when this instance leaves.
 */
@NullMarked
package io.meshup.spring.inbound.stream;

import org.jspecify.annotations.NullMarked;
