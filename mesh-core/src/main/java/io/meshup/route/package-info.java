/**
 * From a request and a route's rules to the rule that decides and the version drawn: pure
 * functions, no state, no clock.
 */
@NullMarked
package io.meshup.route;

import org.jspecify.annotations.NullMarked;
