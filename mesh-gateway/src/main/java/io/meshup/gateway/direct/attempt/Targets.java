package io.meshup.gateway.direct.attempt;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.meshup.model.Instance;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.AddressUtils;

/**
 * Keeps what the client makes of an instance's address, so that no request parses it.
 * Instances come and go: beyond a bound all are made anew. Thread-safe.
 */
final class Targets {

	private static final int MOST = 10_000;

	private static final int HTTP = 80;

	private static final int HTTPS = 443;

	private final HttpClient client;

	private final Map<String, Target> known = new ConcurrentHashMap<>();

	Targets(HttpClient client) {
		this.client = client;
	}

	Target of(Instance instance) {
		String authority = instance.authority();
		if (!"http".equals(instance.scheme())) {
			return new Target(this.client, instance.scheme() + "://" + authority,
					(instance.port() == HTTPS) ? withoutPort(authority) : authority);
		}
		Target target = this.known.get(authority);
		return (target != null) ? target : keep(authority, instance);
	}

	private Target keep(String authority, Instance instance) {
		InetSocketAddress address = AddressUtils.createUnresolved(instance.host(), instance.port());
		// Without its SSL settings, which would hold where no scheme is said.
		Target target = new Target(this.client.noSSL().remoteAddress(() -> address), "",
				(instance.port() == HTTP) ? withoutPort(authority) : authority);
		if (this.known.size() >= MOST) {
			this.known.clear();
		}
		this.known.put(authority, target);
		return target;
	}

	private static String withoutPort(String authority) {
		return authority.substring(0, authority.lastIndexOf(':'));
	}

}
