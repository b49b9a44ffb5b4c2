/**
 * Which backend of a rule a request goes to, by weight, and how a key keeps it there.
 */
@NullMarked
package io.meshup.route.split;

import org.jspecify.annotations.NullMarked;
