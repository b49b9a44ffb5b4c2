/**
 * Makes an application a participant: its settings, the engine, joining and leaving, and
 * the report of what is active.
 */
@NullMarked
package io.meshup.spring;

import org.jspecify.annotations.NullMarked;
