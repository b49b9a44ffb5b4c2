/**
 * What rules look for in a request: its path, headers and parameters, and the key that
 * keeps a user at one place.
 */
@NullMarked
package io.meshup.model.rule.match;

import org.jspecify.annotations.NullMarked;
