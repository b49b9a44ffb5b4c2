package io.meshup.demo.shopper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * Makes steady traffic at the shop, so that there is something to see on the map.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(ShopperProperties.class)
public final class ShopperApplication {

	public static void main(String[] args) {
		SpringApplication.run(ShopperApplication.class, args);
	}

}
