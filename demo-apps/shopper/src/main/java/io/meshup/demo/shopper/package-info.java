/**
 * Customers that never tire: steady traffic through the gateway and by mesh name.
 */
@NullMarked
package io.meshup.demo.shopper;

import org.jspecify.annotations.NullMarked;
