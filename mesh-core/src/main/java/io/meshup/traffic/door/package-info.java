/**
 * The door of this process's own service: who is let in, rate limits, and how much is in
 * work.
 */
@NullMarked
package io.meshup.traffic.door;

import org.jspecify.annotations.NullMarked;
