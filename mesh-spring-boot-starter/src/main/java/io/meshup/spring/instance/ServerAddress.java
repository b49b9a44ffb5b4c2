package io.meshup.spring.instance;

import java.net.InetAddress;
import java.util.Optional;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What the web server's own settings tell of its address.
 *
 * @param host the address that it is bound to, empty where it is bound to all
 * @param scheme {@code https} where it has TLS, else {@code http}
 */
record ServerAddress(Optional<String> host, String scheme) {

	static ServerAddress of(Environment environment) {
		Binder binder = Binder.get(environment);
		return new ServerAddress(host(binder), isSecure(binder) ? "https" : "http");
	}

	private static Optional<String> host(Binder binder) {
		return binder.bind("server.address", InetAddress.class)
			.map(Optional::of)
			.orElseGet(Optional::empty)
			.filter((address) -> !address.isAnyLocalAddress())
			.map(InetAddress::getHostAddress);
	}

	private static boolean isSecure(Binder binder) {
		if (!binder.bind("server.ssl.enabled", Boolean.class).orElse(true)) {
			return false;
		}
		return isSet(binder, "bundle") || isSet(binder, "key-store") || isSet(binder, "certificate");
	}

	private static boolean isSet(Binder binder, String name) {
		return binder.bind("server.ssl." + name, String.class).map((value) -> !value.isBlank()).orElse(false);
	}

}
