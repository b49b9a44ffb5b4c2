package io.meshup.demo.inventory;

/**
 * So many of one article.
 *
 * @param article the article's id
 * @param quantity how many
 */
record Goods(String article, int quantity) {

}
