/**
 * Keeps answers of services at the caller, as a shared cache does (RFC 9111); decides and
 * stores, sends nothing.
 */
@NullMarked
package io.meshup.cache;

import org.jspecify.annotations.NullMarked;
