package io.meshup.spring.inbound;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The door of a servlet application.
 */
class ServletDoorTests extends DoorContract {

	@Override
	Class<?> application() {
		return Shop.class;
	}

	@Override
	WebApplicationType type() {
		return WebApplicationType.SERVLET;
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@RequestMapping("/hello")
		String hello() {
			return "hello";
		}

	}

}
