/**
 * From a service's instances to the one that gets the next attempt, and which of them are
 * left out for a while.
 */
@NullMarked
package io.meshup.balance;

import org.jspecify.annotations.NullMarked;
