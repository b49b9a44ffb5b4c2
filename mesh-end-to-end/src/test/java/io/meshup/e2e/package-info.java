/**
 * Starts the real jars as processes and talks HTTP to them.
 */
@NullMarked
package io.meshup.e2e;

import org.jspecify.annotations.NullMarked;
