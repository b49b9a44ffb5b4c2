/**
 * The abstractions of Spring Cloud Commons over the mesh: discovery clients, service
 * registry and registration.
 */
@NullMarked
package io.meshup.spring.discovery;

import org.jspecify.annotations.NullMarked;
