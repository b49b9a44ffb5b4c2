package io.meshup.demo.catalog;

/**
 * Something that the shop sells.
 *
 * @param id its name in URLs
 * @param name its name for people
 * @param priceCents what one costs
 */
record Article(String id, String name, long priceCents) {

}
