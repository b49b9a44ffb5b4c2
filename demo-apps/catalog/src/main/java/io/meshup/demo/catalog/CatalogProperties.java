package io.meshup.demo.catalog;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings under {@code catalog}.
 *
 * @param inventoryUrl where the inventory is: its name in the mesh
 * @param articles what the shop sells
 */
@ConfigurationProperties("catalog")
record CatalogProperties(String inventoryUrl, List<Article> articles) {

}
