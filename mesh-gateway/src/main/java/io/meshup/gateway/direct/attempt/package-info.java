/**
 * Sends one attempt of a request to an instance with Spring Cloud Gateway's own client,
 * and tells who observes it.
 */
@NullMarked
package io.meshup.gateway.direct.attempt;

import org.jspecify.annotations.NullMarked;
