/**
 * Requests and responses on their way through: the call that a request is, its body, what
 * is written back.
 */
@NullMarked
package io.meshup.gateway.exchange;

import org.jspecify.annotations.NullMarked;
