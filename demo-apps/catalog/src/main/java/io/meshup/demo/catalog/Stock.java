package io.meshup.demo.catalog;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The inventory's answer.
 *
 * @param version the version that answered
 * @param warehouse where the goods are, from version 2 on
 * @param arrival when an order arrives, from version 2 on
 * @param levels one per article
 */
record Stock(String version, @Nullable String warehouse, @Nullable String arrival, List<Level> levels) {

	/**
	 * How many of an article are there.
	 *
	 * @param article the article's id
	 * @param available how many can be ordered
	 */
	record Level(String article, int available) {

	}

}
