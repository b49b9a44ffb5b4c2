/**
 * A TCP proxy that misbehaves when a test tells it to; also used by other modules' tests.
 */
@NullMarked
package io.meshup.spring.fault;

import org.jspecify.annotations.NullMarked;
