package io.meshup.control.link;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.function.BiConsumer;

/**
 * What beats and watch share: the requests, the list of registries and the health. The
 * watch leads: beats go where the line stands, and only while there is none does a failed
 * beat move on to the next registry.
 */
public final class Link {

	private final RegistryRequests requests;

	private final RegistryUrls urls;

	private final Health health;

	private final BiConsumer<String, Long> beaten;

	private final Runnable moved;

	public Link(RegistryRequests requests, RegistryUrls urls, Health health, BiConsumer<String, Long> beaten,
			Runnable moved) {
		this.moved = moved;
		this.requests = requests;
		this.urls = urls;
		this.health = health;
		this.beaten = beaten;
	}

	public RegistryRequests requests() {
		return this.requests;
	}

	public RegistryUrls urls() {
		return this.urls;
	}

	public Health health() {
		return this.health;
	}

	public URI beatUrl() {
		return this.urls.current();
	}

	public void beaten(String instance, long revision) {
		this.beaten.accept(instance, revision);
		this.health.beaten(this.requests.service() + "/" + instance);
	}

	/**
	 * A registry that answers has said that another one is better placed.
	 * @param registry the one that said so
	 */
	public void moveOn(URI registry) {
		if (this.urls.size() > 1) {
			this.urls.failed(registry);
			this.moved.run();
		}
	}

	/**
	 * The registry in use says nothing, and another one answers.
	 * @param from the one that is silent
	 * @param to the one that answers
	 */
	public void moveTo(URI from, URI to) {
		this.urls.move(from, to);
		this.moved.run();
	}

	public void unreachable(Health.Channel channel, URI registry, Throwable failure) {
		if (channel == Health.Channel.LINE || !this.health.isConnected()) {
			this.urls.failed(registry);
		}
		this.health.failed(channel, Problems.ofFailure(registry, failure));
	}

	public void refused(Health.Channel channel, URI registry, HttpResponse<byte[]> answer) {
		this.health.failed(channel, Problems.ofStatus(registry, answer.statusCode(), answer.body()));
	}

}
