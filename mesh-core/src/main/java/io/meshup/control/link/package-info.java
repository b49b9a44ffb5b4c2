/**
 * The way to the registries: requests, which one is next, what goes wrong and who is
 * told.
 */
@NullMarked
package io.meshup.control.link;

import org.jspecify.annotations.NullMarked;
