/**
 * What the README starts: the demo as processes and in containers.
 */
@NullMarked
package io.meshup.e2e.demo;

import org.jspecify.annotations.NullMarked;
