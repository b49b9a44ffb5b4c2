/**
 * WebClient on the traffic engine, and the engine's reactive driver.
 */
@NullMarked
package io.meshup.spring.reactive;

import org.jspecify.annotations.NullMarked;
