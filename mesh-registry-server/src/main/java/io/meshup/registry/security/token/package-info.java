/**
 * Tokens of people and scripts: made once, shown once, kept as hashes.
 */
@NullMarked
package io.meshup.registry.security.token;

import org.jspecify.annotations.NullMarked;
