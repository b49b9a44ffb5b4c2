package io.meshup.spring.instance;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Learns the port that the web server really has. That of the management server is not
 * what callers connect to.
 */
final class WebServerPort implements ApplicationListener<WebServerInitializedEvent> {

	private static final String MANAGEMENT = "management";

	private final OwnInstance own;

	WebServerPort(OwnInstance own) {
		this.own = own;
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (!WebServerApplicationContext.hasServerNamespace(event.getApplicationContext(), MANAGEMENT)) {
			this.own.servesOn(event.getWebServer().getPort());
		}
	}

}
