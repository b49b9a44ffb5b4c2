package io.meshup.spring.client;

import java.net.URI;
import java.util.Locale;

import io.meshup.model.Instance;
import org.jspecify.annotations.Nullable;

/**
 * Which URIs may name a service, and what they become at an instance. Stateless.
 */
public final class ServiceUri {

	private ServiceUri() {
	}

	/**
	 * The host of a URI that may name a service: http or https, and without a port.
	 * @param uri the URI of a request
	 * @return its host in lower case, or {@code null} where the URI is never meant for
	 * the mesh
	 */
	public static @Nullable String service(URI uri) {
		String host = uri.getHost();
		if (host == null || uri.getPort() != -1) {
			return null;
		}
		String scheme = uri.getScheme();
		boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
		return http ? host.toLowerCase(Locale.ROOT) : null;
	}

	/**
	 * The same query at an instance.
	 * @param uri the URI of a request
	 * @param instance where it goes
	 * @param path the raw path there, or empty for that of the URI
	 * @return a URI with the instance's scheme, host and port
	 */
	public static URI at(URI uri, Instance instance, String path) {
		StringBuilder target = new StringBuilder(instance.scheme()).append("://");
		boolean ipv6 = instance.host().indexOf(':') >= 0;
		target.append(ipv6 ? "[" : "").append(instance.host()).append(ipv6 ? "]" : "");
		target.append(':').append(instance.port());
		if (!path.isEmpty()) {
			target.append(path);
		}
		else if (uri.getRawPath() != null) {
			target.append(uri.getRawPath());
		}
		if (uri.getRawQuery() != null) {
			target.append('?').append(uri.getRawQuery());
		}
		return URI.create(target.toString());
	}

}
