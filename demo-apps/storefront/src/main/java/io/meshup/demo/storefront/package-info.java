/**
 * The shop's front: one page and the calls behind it.
 */
@NullMarked
package io.meshup.demo.storefront;

import org.jspecify.annotations.NullMarked;
