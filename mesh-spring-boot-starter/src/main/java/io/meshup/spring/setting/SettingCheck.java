package io.meshup.spring.setting;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.meshup.model.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of settings; a violation becomes a failure analysis.
 */
final class SettingCheck {

	private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

	private static final Pattern TRUST_DOMAIN = Pattern.compile("[a-z0-9._-]{0,255}");

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._:-]{0,126}[A-Za-z0-9])?");

	private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");

	private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?");

	private SettingCheck() {
	}

	static @Nullable String emptyOr(@Nullable String text, UnaryOperator<String> check) {
		return (text == null || text.isBlank()) ? null : check.apply(text.strip());
	}

	static List<URI> registryUrls(String property, List<URI> urls) {
		if (urls.isEmpty()) {
			throw new MeshSettingException(property, "", "has no URL",
					"Name the registry, for example http://localhost:8761, or set mesh.enabled=false.");
		}
		return urls.stream().map((url) -> registryUrl(property, url)).toList();
	}

	private static URI registryUrl(String property, URI url) {
		boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
		if (!http || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
			throw new MeshSettingException(property, url.toString(), "is not the base URL of a registry",
					"Use http or https with a host and no query, for example http://localhost:8761.");
		}
		if (url.getRawUserInfo() != null) {
			throw new MeshSettingException(property, "******", "holds credentials",
					"Give the join token with mesh.registry.token or mesh.registry.token-file instead.");
		}
		String text = url.toString();
		return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
	}

	static void outsideUrls(String prefix, String name, List<URI> urls) {
		if (!ServiceName.isValid(name)) {
			throw new MeshSettingException(prefix, urls.toString(),
					"is not for a service: its name must be a DNS label (a-z, 0-9, -; at most 63 characters; "
							+ "not 'localhost')",
					"Choose a name such as payments; calls to http://payments/ then go to these URLs.");
		}
		if (urls.isEmpty()) {
			throw new MeshSettingException(prefix + ".urls", "", "has no URL",
					"Name where the service is, for example https://api.example.com, or remove the setting.");
		}
		urls.forEach((url) -> outsideUrl(prefix + ".urls", url));
	}

	private static void outsideUrl(String property, URI url) {
		boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
		if (url.getRawUserInfo() != null) {
			throw new MeshSettingException(property, "******", "holds credentials",
					"Leave them out, and let the client that calls the service send them.");
		}
		boolean bare = url.getRawQuery() == null && url.getRawFragment() == null && url.getRawPath() != null
				&& (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
		if (!http || url.getHost() == null || !bare || url.getPort() == 0 || url.getPort() > 65_535) {
			throw new MeshSettingException(property, url.toString(),
					"must be http or https with a host and at most a port, without path and query",
					"Use for example https://api.example.com:8443, and put the path into the calls.");
		}
	}

	static String label(String property, String text) {
		return matching(LABEL, property, text,
				"is not a label: 1 to 63 letters, digits, '.', '_' or '-', letters or digits at both ends",
				"Choose a label such as v2.");
	}

	static String id(String property, String text) {
		return matching(ID, property, text,
				"is not an instance id: 1 to 128 letters, digits, '.', '_', ':' or '-', letters or digits at both ends",
				"Choose an id such as orders-1, or remove the setting: HOST-PORT is the default.");
	}

	static String host(String property, String text) {
		String host = (text.startsWith("[") && text.endsWith("]")) ? text.substring(1, text.length() - 1) : text;
		if (IPV6.matcher(host).matches()) {
			return host;
		}
		return matching(HOST, property, host, "is neither a host name nor an address",
				"Give what callers can connect to, without scheme and port, or remove the setting: "
						+ "the local address towards the registry is the default.");
	}

	static String scheme(String property, String text) {
		if (!text.equals("http") && !text.equals("https")) {
			throw new MeshSettingException(property, text, "is not a scheme that the mesh can call",
					"Use http or https, or remove the setting.");
		}
		return text;
	}

	static String trustDomain(String property, String text) {
		return matching(TRUST_DOMAIN, property, text,
				"is not a trust domain: 1 to 255 of a-z, 0-9, '.', '_' and '-', or nothing",
				"Use the registry's own mesh.registry.trust-domain.");
	}

	static void range(String property, int value, int least, int most) {
		if (value < least || value > most) {
			throw new MeshSettingException(property, Integer.toString(value),
					"must be between " + least + " and " + most, "Choose a value in that range.");
		}
	}

	static void range(String property, Duration value, Duration least, Duration most) {
		if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
			throw new MeshSettingException(property, value.toMillis() + "ms",
					"must be between " + least.toMillis() + "ms and " + most.toMillis() + "ms",
					"Choose a duration in that range.");
		}
	}

	private static String matching(Pattern grammar, String property, String text, String problem, String action) {
		if (!grammar.matcher(text).matches()) {
			throw new MeshSettingException(property, text, problem, action);
		}
		return text;
	}

}
