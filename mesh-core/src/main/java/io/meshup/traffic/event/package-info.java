/**
 * What is told to those who listen to the engine, and to people.
 */
@NullMarked
package io.meshup.traffic.event;

import org.jspecify.annotations.NullMarked;
