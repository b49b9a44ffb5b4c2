/**
 * Whether a request meets the conditions of a rule.
 */
@NullMarked
package io.meshup.route.match;

import org.jspecify.annotations.NullMarked;
