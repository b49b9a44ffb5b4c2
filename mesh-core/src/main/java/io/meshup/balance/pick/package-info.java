/**
 * The algorithms: who of some usable instances gets the next request.
 */
@NullMarked
package io.meshup.balance.pick;

import org.jspecify.annotations.NullMarked;
