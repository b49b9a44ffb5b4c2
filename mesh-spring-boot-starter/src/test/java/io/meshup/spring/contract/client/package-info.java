/**
 * The contract, run by each kind of client of a Spring application.
 */
@NullMarked
package io.meshup.spring.contract.client;

import org.jspecify.annotations.NullMarked;
