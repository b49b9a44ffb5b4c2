/**
 * The registry over HTTP, who one is there, and what can go wrong.
 */
@NullMarked
package io.meshup.cli.registry;

import org.jspecify.annotations.NullMarked;
