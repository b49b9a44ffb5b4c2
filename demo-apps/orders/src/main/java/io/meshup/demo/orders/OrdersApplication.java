package io.meshup.demo.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.service.registry.ImportHttpServices;

/**
 * Takes orders. Inventory and payments are HTTP interfaces; where they are is a base URL
 * with a service's name in application.yml.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ImportHttpServices(group = "inventory", types = Inventory.class)
@ImportHttpServices(group = "payments", types = Payments.class)
public final class OrdersApplication {

	public static void main(String[] args) {
		SpringApplication.run(OrdersApplication.class, args);
	}

}
