package io.meshup.registry.security.session;

import java.net.InetSocketAddress;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a request comes from: the socket's word, never a header's.
 */
public final class ClientAddress {

	private ClientAddress() {
	}

	public static String of(ServerHttpRequest request) {
		InetSocketAddress address = request.getRemoteAddress();
		return (address != null && address.getAddress() != null) ? address.getAddress().getHostAddress() : "unknown";
	}

}
