/**
 * Secrets: where they come from and how they are compared.
 */
@NullMarked
package io.meshup.registry.security.credential;

import org.jspecify.annotations.NullMarked;
