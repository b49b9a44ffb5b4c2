/**
 * The registry protocol over the JDK's HTTP client: beats, watch, reconnect and the last
 * good state on disk.
 */
@NullMarked
package io.meshup.control;

import org.jspecify.annotations.NullMarked;
