/**
 * Takes orders: sets the goods aside, charges, and remembers.
 */
@NullMarked
package io.meshup.demo.orders;

import org.jspecify.annotations.NullMarked;
