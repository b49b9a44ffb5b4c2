/**
 * The articles, each with its stock as the inventory tells it.
 */
@NullMarked
package io.meshup.demo.catalog;

import org.jspecify.annotations.NullMarked;
