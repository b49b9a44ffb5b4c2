/**
 * Charges orders; sometimes slow, sometimes not at all.
 */
@NullMarked
package io.meshup.demo.payments;

import org.jspecify.annotations.NullMarked;
