package io.meshup.control.link;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The registries to try in turn. Beats and watch share one, so that they go to the same
 * registry. Thread-safe.
 */
public final class RegistryUrls {

	private final List<URI> urls;

	private final AtomicInteger index = new AtomicInteger();

	public RegistryUrls(List<URI> urls) {
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
		int now = this.index.get();
		if (this.urls.get(now).equals(url)) {
			this.index.compareAndSet(now, (now + 1) % this.urls.size());
		}
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
