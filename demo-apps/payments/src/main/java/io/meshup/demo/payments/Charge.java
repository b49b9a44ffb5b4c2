package io.meshup.demo.payments;

/**
 * Money that an order costs.
 *
 * @param cents the amount
 */
record Charge(long cents) {

}
