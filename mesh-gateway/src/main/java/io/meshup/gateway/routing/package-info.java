/**
 * Finds the service that a request means, and drives the engine for it.
 */
@NullMarked
package io.meshup.gateway.routing;

import org.jspecify.annotations.NullMarked;
