package io.meshup.demo.storefront;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings under {@code storefront}.
 *
 * @param catalogUrl where the catalog is: its name in the mesh
 * @param ordersUrl where orders are taken: their name in the mesh
 */
@ConfigurationProperties("storefront")
record StorefrontProperties(String catalogUrl, String ordersUrl) {

}
