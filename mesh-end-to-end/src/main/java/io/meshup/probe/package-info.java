/**
 * A small mesh application that the end-to-end tests drive over HTTP: it answers who it
 * is, and calls others on demand.
 */
@NullMarked
package io.meshup.probe;

import org.jspecify.annotations.NullMarked;
