/**
 * The connection to the registry as this application sets it up: its token, what is told
 * and what is watched.
 */
@NullMarked
package io.meshup.spring.registry;

import org.jspecify.annotations.NullMarked;
