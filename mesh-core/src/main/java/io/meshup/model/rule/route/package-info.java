/**
 * What one rule of a route says: where requests go, how long they may take, when they are
 * repeated.
 */
@NullMarked
package io.meshup.model.rule.route;

import org.jspecify.annotations.NullMarked;
