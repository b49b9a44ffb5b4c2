package io.meshup.control.link;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * The registries to try in turn, and when the present one was last heard. Beats and watch
 * share one, so that they go to the same registry. Thread-safe.
 */
public final class RegistryUrls {

	private final List<URI> urls;

	private final AtomicInteger index = new AtomicInteger();

	private final LongSupplier clock;

	private volatile long heardAt;

	public RegistryUrls(List<URI> urls, LongSupplier clock) {
		this.clock = clock;
		this.heardAt = clock.getAsLong();
		if (urls.isEmpty()) {
			throw new IllegalArgumentException("The list of registry URLs is empty, at least one is needed, "
					+ "for example 'http://localhost:8761'");
		}
		this.urls = urls.stream().map(RegistryUrls::checked).toList();
	}

	public int size() {
		return this.urls.size();
	}

	public URI current() {
		return this.urls.get(this.index.get());
	}

	/**
	 * Moves on to the next one, unless somebody else already did.
	 * @param url the one that failed
	 */
	public void failed(URI url) {
		move(url, after(url));
	}

	/**
	 * Goes to another one, unless somebody else already left.
	 * @param from the one to leave
	 * @param to the one to go to
	 */
	public void move(URI from, URI to) {
		int now = this.index.get();
		if (this.urls.get(now).equals(from) && this.index.compareAndSet(now, this.urls.indexOf(to))) {
			this.heardAt = this.clock.getAsLong();
		}
	}

	/**
	 * Something came from a registry, whatever it says.
	 * @param url its URL
	 */
	public void heard(URI url) {
		if (current().equals(url)) {
			this.heardAt = this.clock.getAsLong();
		}
	}

	/**
	 * For how long the present one was not heard.
	 * @return at most the time since it became the present one
	 */
	public Duration silence() {
		return Duration.ofNanos(Math.max(0, this.clock.getAsLong() - this.heardAt));
	}

	/**
	 * All but one.
	 * @param url the one to leave out
	 * @return in the order in which they would be tried
	 */
	public List<URI> others(URI url) {
		int first = this.urls.indexOf(url) + 1;
		return IntStream.range(0, this.urls.size() - 1)
			.mapToObj((step) -> this.urls.get((first + step) % this.urls.size()))
			.toList();
	}

	/**
	 * The one that comes after another.
	 * @param url one of the list
	 * @return the next, the same one where there is no other
	 */
	public URI after(URI url) {
		return this.urls.get((this.urls.indexOf(url) + 1) % this.urls.size());
	}

	private static URI checked(URI url) {
		boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
		if (!http || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
			throw new IllegalArgumentException("A registry URL must look like 'http://localhost:8761' but was '" + url
					+ "'. Give scheme, host and port.");
		}
		String text = url.toString();
		return text.endsWith("/") ? URI.create(text.replaceAll("/+$", "")) : url;
	}

}
