/**
 * The shelf: what is in stock, and what is set aside for orders.
 */
@NullMarked
package io.meshup.demo.inventory;

import org.jspecify.annotations.NullMarked;
