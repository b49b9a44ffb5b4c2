package io.meshup.spring.client;

import io.meshup.route.filter.HeaderTarget;

import org.springframework.http.HttpHeaders;

/**
 * Spring's headers as the engine changes them.
 *
 * @param headers of a message that may be changed
 */
public record HttpHeadersTarget(HttpHeaders headers) implements HeaderTarget {

	@Override
	public void set(String name, String value) {
		this.headers.set(name, value);
	}

	@Override
	public void add(String name, String value) {
		this.headers.add(name, value);
	}

	@Override
	public void remove(String name) {
		this.headers.remove(name);
	}

}
