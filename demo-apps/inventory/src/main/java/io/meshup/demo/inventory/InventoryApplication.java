package io.meshup.demo.inventory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Knows how many of each article are there. Version 2 (profile {@code v2}) also tells the
 * warehouse and the time of arrival.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(InventoryProperties.class)
@EnableScheduling
public final class InventoryApplication {

	@Bean
	Shelf shelf(InventoryProperties properties) {
		return new Shelf(properties.shelf());
	}

	public static void main(String[] args) {
		SpringApplication.run(InventoryApplication.class, args);
	}

}
