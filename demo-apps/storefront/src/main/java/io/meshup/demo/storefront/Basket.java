package io.meshup.demo.storefront;

/**
 * What a customer sends.
 *
 * @param article the article's id
 * @param quantity how many
 */
record Basket(String article, int quantity) {

}
