/**
 * Servlet and WebFlux filters that show each arriving request to the engine's gate.
 */
@NullMarked
package io.meshup.spring.inbound;

import org.jspecify.annotations.NullMarked;
