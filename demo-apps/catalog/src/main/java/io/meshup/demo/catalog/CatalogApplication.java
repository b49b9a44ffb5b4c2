package io.meshup.demo.catalog;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * The articles of the shop. What is in stock it asks the inventory.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(CatalogProperties.class)
public final class CatalogApplication {

	public static void main(String[] args) {
		SpringApplication.run(CatalogApplication.class, args);
	}

}
