/**
 * Commands for what flows: topology, top, explain.
 */
@NullMarked
package io.meshup.cli.traffic;

import org.jspecify.annotations.NullMarked;
