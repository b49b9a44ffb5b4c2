package io.meshup.demo.inventory;

/**
 * How many of an article are there.
 *
 * @param article the article's id
 * @param available how many can be ordered
 */
record StockLevel(String article, int available) {

}
