/**
 * The contract of the starter's clients, held by the gateway.
 */
@NullMarked
package io.meshup.spring.contract;

import org.jspecify.annotations.NullMarked;
