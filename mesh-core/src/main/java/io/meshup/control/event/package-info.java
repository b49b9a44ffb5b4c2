/**
 * The events of the watch: how they are read, and what a service's events add up to.
 */
@NullMarked
package io.meshup.control.event;

import org.jspecify.annotations.NullMarked;
