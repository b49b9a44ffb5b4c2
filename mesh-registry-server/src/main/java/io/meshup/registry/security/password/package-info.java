/**
 * Checks passwords slowly, and remembers briefly.
 */
@NullMarked
package io.meshup.registry.security.password;

import org.jspecify.annotations.NullMarked;
