package io.meshup.demo.payments;

/**
 * A charge that went through.
 *
 * @param order the order's id
 * @param cents the amount
 */
record Receipt(String order, long cents) {

}
