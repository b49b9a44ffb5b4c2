package io.meshup.gateway.direct.attempt;

import reactor.netty.http.client.HttpClient;

/**
 * An instance as the client knows it.
 *
 * @param client sends to it
 * @param base what comes before the path in an address, empty where the client knows it
 * @param host the value of the Host header
 */
record Target(HttpClient client, String base, String host) {

	String uri(String pathAndQuery) {
		return this.base.isEmpty() ? pathAndQuery : this.base + pathAndQuery;
	}

}
