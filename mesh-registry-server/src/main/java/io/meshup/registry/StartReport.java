package io.meshup.registry;

import java.net.Inet6Address;
import java.net.InetAddress;

import io.meshup.registry.store.ledger.DataDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ApplicationListener;

/**
 * Says in one line that the registry is ready: which version, where, with which data.
 */
final class StartReport implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger logger = LoggerFactory.getLogger(StartReport.class);

	private final ServerProperties server;

	private final DataDirectory directory;

	StartReport(ServerProperties server, DataDirectory directory) {
		this.server = server;
		this.directory = directory;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		String port = event.getApplicationContext().getEnvironment().getProperty("local.server.port", "?");
		String version = RegistryApplication.class.getPackage().getImplementationVersion();
		logger.info("Mesh Up registry {} (process {}) is ready after {} ms: {}://{}:{}, data in {}",
				(version != null) ? version : "(unpackaged)", ProcessHandle.current().pid(),
				(event.getTimeTaken() != null) ? event.getTimeTaken().toMillis() : "?",
				Ssl.isEnabled(this.server.getSsl()) ? "https" : "http", host(), port, this.directory.path());
	}

	private String host() {
		InetAddress address = this.server.getAddress();
		String host = (address != null) ? address.getHostAddress() : "0.0.0.0";
		return (address instanceof Inet6Address) ? "[" + host + "]" : host;
	}

}
