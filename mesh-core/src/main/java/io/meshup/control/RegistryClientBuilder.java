package io.meshup.control;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.meshup.control.beat.BeatContent;
import io.meshup.control.link.RegistryListener;
import io.meshup.model.ServiceName;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.beat.EdgeTotals;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a client needs. Not thread-safe.
 */
public final class RegistryClientBuilder {

	final List<URI> urls;

	Supplier<@Nullable String> token = () -> null;

	String trustDomain = "";

	String service = "";

	List<String> services = List.of(ServiceName.MESH_WIDE);

	Supplier<BeatContent> beat = () -> {
		throw new IllegalStateException("No supplier of beats was given");
	};

	Consumer<List<EdgeTotals>> edgesAcknowledged = (edges) -> {
	};

	Consumer<Map<String, Double>> shares = (shares) -> {
	};

	Consumer<ServiceSnapshot> snapshots = (snapshot) -> {
	};

	Consumer<Set<String>> stickyKeys = (keys) -> {
	};

	RegistryListener listener = new RegistryListener() {
	};

	@Nullable Path lastGood;

	Duration maxAge = Duration.ofHours(24);

	@Nullable ScheduledExecutorService scheduler;

	LongSupplier clock = SystemClock::nanoTime;

	RandomGenerator random = new java.security.SecureRandom();

	Duration silence = Duration.ofSeconds(5);

	boolean surveys;

	RegistryClientBuilder(List<URI> urls) {
		this.urls = List.copyOf(urls);
	}

	/**
	 * The join token, asked for at each call; {@code null} or blank for none.
	 * @param token the supplier
	 * @return this
	 */
	public RegistryClientBuilder token(Supplier<@Nullable String> token) {
		this.token = token;
		return this;
	}

	/**
	 * The mesh that this process belongs to: a registry of another one refuses it.
	 * @param trustDomain its name, empty where it does not matter
	 * @return this
	 */
	public RegistryClientBuilder trustDomain(String trustDomain) {
		this.trustDomain = trustDomain;
		return this;
	}

	/**
	 * The service that this process is part of.
	 * @param service its name
	 * @return this
	 */
	public RegistryClientBuilder service(String service) {
		this.service = ServiceName.require(service);
		return this;
	}

	/**
	 * The services to watch, all by default.
	 * @param services names, or {@code *}
	 * @return this
	 */
	public RegistryClientBuilder services(List<String> services) {
		this.services = List.copyOf(services);
		return this;
	}

	/**
	 * What to say in beats; asked on the client's threads for each beat.
	 * @param beat the supplier
	 * @return this
	 */
	public RegistryClientBuilder beat(Supplier<BeatContent> beat) {
		this.beat = beat;
		return this;
	}

	/**
	 * Is told the edges of each beat that the registry took.
	 * @param edgesAcknowledged the consumer
	 * @return this
	 */
	public RegistryClientBuilder edgesAcknowledged(Consumer<List<EdgeTotals>> edgesAcknowledged) {
		this.edgesAcknowledged = edgesAcknowledged;
		return this;
	}

	/**
	 * Is told which part of each mesh-wide limit the registry lets this instance have, by
	 * the answer to each beat.
	 * @param shares the consumer
	 * @return this
	 */
	public RegistryClientBuilder shares(Consumer<Map<String, Double>> shares) {
		this.shares = shares;
		return this;
	}

	/**
	 * Takes the snapshots. What it throws is logged, and the revision does not count as
	 * applied until the consumer takes that snapshot or a newer one.
	 * @param snapshots the consumer
	 * @return this
	 */
	public RegistryClientBuilder snapshots(Consumer<ServiceSnapshot> snapshots) {
		this.snapshots = snapshots;
		return this;
	}

	/**
	 * Is told the sticky keys of all routes in the mesh, where not all services are
	 * watched; by the same threads as {@link #snapshots}.
	 * @param stickyKeys the consumer, which must not throw
	 * @return this
	 */
	public RegistryClientBuilder stickyKeys(Consumer<Set<String>> stickyKeys) {
		this.stickyKeys = stickyKeys;
		return this;
	}

	/**
	 * Where the last good state is kept; nothing is kept without this.
	 * @param lastGood a file in a directory that belongs to this user
	 * @return this
	 */
	public RegistryClientBuilder lastGood(@Nullable Path lastGood) {
		this.lastGood = lastGood;
		return this;
	}

	/**
	 * How long what is known may be relied on without a word of the registry, 24 h by
	 * default. After that it is used, but said to be outdated.
	 * @param maxAge the longest time
	 * @return this
	 */
	public RegistryClientBuilder maxAge(Duration maxAge) {
		this.maxAge = maxAge;
		return this;
	}

	/**
	 * Is told what happens.
	 * @param listener the listener
	 * @return this
	 */
	public RegistryClientBuilder listener(RegistryListener listener) {
		this.listener = listener;
		return this;
	}

	/**
	 * Monotonic nanoseconds, the machine's by default.
	 * @param clock the clock
	 * @return this
	 */
	public RegistryClientBuilder clock(LongSupplier clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Runs the timers; by default the client has a thread of its own. One that is given
	 * is not shut down.
	 * @param scheduler the scheduler
	 * @return this
	 */
	public RegistryClientBuilder scheduler(ScheduledExecutorService scheduler) {
		this.scheduler = scheduler;
		return this;
	}

	/**
	 * Dice for jitter and the incarnation.
	 * @param random a thread-safe generator
	 * @return this
	 */
	public RegistryClientBuilder random(RandomGenerator random) {
		this.random = random;
		return this;
	}

	/**
	 * How long the watch may be silent before it is cut, 5 s by default.
	 * @param silence the longest silence
	 * @return this
	 */
	public RegistryClientBuilder silence(Duration silence) {
		this.silence = silence;
		return this;
	}

	/**
	 * Looks now and then at services that are not watched, so that a first call for one
	 * does not need the registry.
	 * @return this
	 */
	public RegistryClientBuilder survey() {
		this.surveys = true;
		return this;
	}

	/**
	 * Makes the client; nothing is sent before {@link RegistryClient#start()}.
	 * @return the client
	 * @throws IllegalArgumentException when a URL or the service's name is none
	 */
	public RegistryClient build() {
		ServiceName.require(this.service);
		return new RegistryClient(this);
	}

	Set<String> watched() {
		if (this.services.contains(ServiceName.MESH_WIDE)) {
			return Set.of(ServiceName.MESH_WIDE);
		}
		Set<String> names = new LinkedHashSet<>(this.services);
		names.add(this.service);
		return names;
	}

}
