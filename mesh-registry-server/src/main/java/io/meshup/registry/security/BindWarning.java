package io.meshup.registry.security;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/**
 * Says aloud when passwords and tokens would cross a network unprotected.
 */
final class BindWarning implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(BindWarning.class);

	private final ServerProperties server;

	BindWarning(ServerProperties server) {
		this.server = server;
	}

	@Override
	public void afterSingletonsInstantiated() {
		InetAddress address = this.server.getAddress();
		if (isReachable(address) && !Ssl.isEnabled(this.server.getSsl())) {
			logger
				.warn("""
						The registry is reachable from other machines without TLS: passwords and tokens can be read on the way. \
						Either stay on this machine, or set a certificate:
						  server.address: 127.0.0.1
						  server.ssl.certificate: file:/path/to/certificate.pem
						  server.ssl.certificate-private-key: file:/path/to/key.pem""");
		}
	}

	private static boolean isReachable(@Nullable InetAddress address) {
		return address == null || !address.isLoopbackAddress();
	}

}
