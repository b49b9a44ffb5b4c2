/**
 * Signing in, and who is signed in.
 */
@NullMarked
package io.meshup.registry.security.session;

import org.jspecify.annotations.NullMarked;
