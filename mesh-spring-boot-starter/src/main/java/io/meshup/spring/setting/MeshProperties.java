package io.meshup.spring.setting;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.traffic.explain.ExplainMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of a participant. Immutable.
 *
 * @param enabled whether this application joins the mesh; a test context joins only where
 * this is set to true explicitly
 * @param registry where the registry is
 * @param instance what this instance says of itself
 * @param client which HTTP clients go through the mesh
 * @param cacheDir directory of the last good state, so that a start survives a registry
 * outage; .meshup/cache in the user's home by default
 * @param cacheMaxAge how long what is known may be relied on without a word of the
 * registry; after that it is used, but said to be outdated
 * @param lane lane that this instance serves: it gets only requests of that lane; none by
 * default, for the base
 * @param drain how this instance leaves
 * @param services services outside of the mesh, by the name that they are called by here,
 * so that rules hold for them
 * @param inbound what may come in at this instance's door
 * @param explain whether calls are explained that ask for it
 */
@ConfigurationProperties("mesh")
public record MeshProperties(@DefaultValue("true") boolean enabled, @DefaultValue Registry registry,
		@DefaultValue OwnInstance instance, @DefaultValue Client client, @Nullable Path cacheDir,
		@DefaultValue("24h") Duration cacheMaxAge, @Nullable String lane, @DefaultValue Drain drain,
		@DefaultValue Map<String, OutsideService> services, @DefaultValue Inbound inbound,
		@DefaultValue Explain explain) {

	public MeshProperties {
		services = Map.copyOf(services);
		services.forEach(OutsideService::check);
		SettingCheck.range("mesh.cache-max-age", cacheMaxAge, Duration.ofMinutes(1), Duration.ofDays(3_650));
		lane = SettingCheck.emptyOr(lane, (text) -> SettingCheck.label("mesh.lane", text));
	}

	/**
	 * Where the last good state is kept.
	 * @return the directory, which need not exist yet
	 */
	public Path cacheDirectory() {
		return (this.cacheDir != null) ? this.cacheDir : MeshHome.directory().resolve("cache");
	}

	/**
	 * Where the registry is.
	 *
	 * @param urls base URLs of the registry's nodes, tried in turn
	 * @param token join token; wins over the token file
	 * @param tokenFile file that holds the join token, read again when it changes;
	 * without token and file, .meshup/join-token in the user's home is used where the
	 * registry is on this machine and the file is the user's own
	 * @param watch which services the registry tells this application of: those that it
	 * or other instances of it call, is configured to call or asks its DiscoveryClient
	 * for, or all
	 * @param forgetAfter how long a service must not have been called before it is no
	 * longer watched
	 * @param trustDomain the mesh that this application belongs to; a registry of another
	 * one refuses it, and it keeps what it knows
	 */
	public record Registry(@DefaultValue("http://localhost:8761") List<URI> urls, @Nullable String token,
			@Nullable Path tokenFile, @DefaultValue("used") Watch watch, @DefaultValue("1h") Duration forgetAfter,
			@DefaultValue("mesh.local") String trustDomain) {

		public Registry {
			SettingCheck.range("mesh.registry.forget-after", forgetAfter, Duration.ofMinutes(1), Duration.ofDays(365));
			SettingCheck.trustDomain("mesh.registry.trust-domain", trustDomain);
			urls = SettingCheck.registryUrls("mesh.registry.urls", urls);
			token = (token != null && !token.isBlank()) ? token.strip() : null;
		}

		@Override
		public String toString() {
			return "Registry[urls=" + this.urls + ", token=" + ((this.token != null) ? "******" : "none")
					+ ", tokenFile=" + this.tokenFile + "]";
		}

	}

	/**
	 * What this instance says of itself.
	 *
	 * @param id unique within the service; HOST-PORT by default
	 * @param host name or address that callers connect to; by default the local address
	 * of a socket connected to the registry
	 * @param port port that callers connect to; the web server's by default
	 * @param scheme http or https; by default https where the web server has TLS
	 * @param version label that splits refer to
	 * @param zone where it runs
	 * @param weight relative share within its version, 0 to 1,000,000
	 * @param metadata free flat text
	 */
	public record OwnInstance(@Nullable String id, @Nullable String host, @Nullable Integer port,
			@Nullable String scheme, @DefaultValue(Instance.DEFAULT_VERSION) String version,
			@DefaultValue(Instance.DEFAULT_ZONE) String zone, @DefaultValue("100") int weight,
			@DefaultValue Map<String, String> metadata) {

		public OwnInstance {
			id = SettingCheck.emptyOr(id, (text) -> SettingCheck.id("mesh.instance.id", text));
			host = SettingCheck.emptyOr(host, (text) -> SettingCheck.host("mesh.instance.host", text));
			scheme = SettingCheck.emptyOr(scheme, (text) -> SettingCheck.scheme("mesh.instance.scheme", text));
			if (port != null) {
				SettingCheck.range("mesh.instance.port", port, 1, 65_535);
			}
			SettingCheck.label("mesh.instance.version", version);
			SettingCheck.label("mesh.instance.zone", zone);
			SettingCheck.range("mesh.instance.weight", weight, 0, Instance.MAX_WEIGHT);
			metadata = Map.copyOf(metadata);
		}

	}

	/**
	 * Which HTTP clients go through the mesh.
	 *
	 * @param intercept all clients built from the application's beans, only load-balanced
	 * ones, or none
	 */
	public record Client(@DefaultValue("all") Intercept intercept) {
	}

	/**
	 * How this instance leaves.
	 *
	 * @param delay how long no call must have come, after its callers have confirmed,
	 * before it stops serving; where calls go on coming, what is left of ackTimeout
	 * @param ackTimeout how long it waits for the confirmations of its callers
	 * @param timeout how long the whole stop may take; what the confirmations leave of it
	 * is for the requests in flight
	 */
	public record Drain(@DefaultValue("200ms") Duration delay, @DefaultValue("5s") Duration ackTimeout,
			@DefaultValue("25s") Duration timeout) {

		public Drain {
			SettingCheck.range("mesh.drain.delay", delay, Duration.ZERO, Duration.ofSeconds(20));
			SettingCheck.range("mesh.drain.ack-timeout", ackTimeout, Duration.ZERO, Duration.ofMinutes(10));
			SettingCheck.range("mesh.drain.timeout", timeout, Duration.ofSeconds(2), Duration.ofHours(1));
		}

	}

	/**
	 * Whether calls are explained that ask for it by the header x-mesh-explain.
	 *
	 * @param allowed nobody's calls, those that this process makes by itself or for a
	 * caller on this machine, or everybody's; an explanation names instances and versions
	 */
	public record Explain(@DefaultValue("never") ExplainMode allowed) {
	}

	/**
	 * A service outside of the mesh.
	 *
	 * @param urls where its instances are: http or https, host and port, without a path
	 */
	public record OutsideService(@DefaultValue List<URI> urls) {

		// Binding knows the name only one level above.
		static void check(String name, OutsideService service) {
			SettingCheck.outsideUrls("mesh.services." + name, name, service.urls());
		}

		/**
		 * Its instances as calls go by them.
		 * @return one for each URL
		 */
		public List<Instance> instances() {
			return this.urls.stream().map(OutsideService::instance).toList();
		}

		private static Instance instance(URI url) {
			boolean tls = url.getScheme().equalsIgnoreCase("https");
			int port = (url.getPort() > 0) ? url.getPort() : (tls ? 443 : 80);
			String host = url.getHost().replaceAll("[\\[\\]]", "");
			return new Instance(host + "-" + port, host, port, tls ? "https" : "http", Instance.DEFAULT_VERSION,
					Instance.DEFAULT_ZONE, null, Instance.DEFAULT_WEIGHT, InstanceStatus.UP, Map.of());
		}

	}

	/**
	 * What may come in at this instance's door.
	 *
	 * @param adaptiveConcurrency how many requests may be in work at a time
	 */
	public record Inbound(@DefaultValue AdaptiveConcurrency adaptiveConcurrency) {
	}

	/**
	 * How many requests may be in work at a time, found from how long they take; more are
	 * answered with 503.
	 *
	 * @param enabled whether anything is refused for that reason
	 * @param min the least limit
	 * @param max the largest limit
	 */
	public record AdaptiveConcurrency(@DefaultValue("false") boolean enabled, @DefaultValue("10") int min,
			@DefaultValue("1000") int max) {

		public AdaptiveConcurrency {
			SettingCheck.range("mesh.inbound.adaptive-concurrency.min", min, 1, 100_000);
			SettingCheck.range("mesh.inbound.adaptive-concurrency.max", max, min, 100_000);
		}

	}

	/**
	 * Which services are watched.
	 */
	public enum Watch {

		/**
		 * Those that this application has to do with.
		 */
		USED,

		/**
		 * All.
		 */
		ALL

	}

	/**
	 * Which clients are intercepted.
	 */
	public enum Intercept {

		/**
		 * Every client built from the application's beans.
		 */
		ALL,

		/**
		 * Only {@code @LoadBalanced} clients.
		 */
		LOAD_BALANCED,

		/**
		 * No client.
		 */
		NONE

	}

}
