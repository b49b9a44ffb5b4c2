/**
 * What the engine answers from kept answers.
 */
@NullMarked
package io.meshup.traffic.cache;

import org.jspecify.annotations.NullMarked;
