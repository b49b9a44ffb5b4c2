package io.meshup.control.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.meshup.model.ServiceName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which services are watched, and which there are. Thread-safe.
 */
public final class WatchedServices {

	/** A request line must get through any proxy. */
	private static final int MAX_CHARS = 6_000;

	private final Set<String> always;

	private final Set<String> wanted = new TreeSet<>();

	private volatile boolean all;

	private final Set<String> everNamed = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Set<String> names;

	private final Consumer<Set<String>> carrier;

	private volatile Set<String> stickyKeys = Set.of();

	private boolean metPeers;

	/**
	 * Starts with some.
	 * @param always what is watched as long as this process runs; {@code *} for all
	 */
	WatchedServices(Collection<String> always) {
		this(always, (keys) -> {
		});
	}

	/**
	 * Starts with some.
	 * @param always what is watched as long as this process runs; {@code *} for all
	 * @param carrier told the sticky keys of all routes whenever they change
	 */
	public WatchedServices(Collection<String> always, Consumer<Set<String>> carrier) {
		this.carrier = carrier;
		this.always = Set.copyOf(new TreeSet<>(always));
		this.all = always.contains(ServiceName.MESH_WIDE);
	}

	public boolean isAll() {
		return this.all;
	}

	synchronized boolean isWatched(String service) {
		return this.all || service.equals(ServiceName.MESH_WIDE) || this.always.contains(service)
				|| this.wanted.contains(service);
	}

	/**
	 * The names of all services, as far as they are known.
	 * @return {@code null} while nothing was heard of them
	 */
	public @Nullable Set<String> names() {
		return this.names;
	}

	void names(Set<String> present) {
		this.everNamed.addAll(present);
		this.names = Set.copyOf(present);
	}

	/**
	 * The sticky keys of all routes.
	 * @return empty while nothing was heard of them
	 */
	Set<String> stickyKeys() {
		return this.stickyKeys;
	}

	void stickyKeys(Set<String> present) {
		if (!present.equals(this.stickyKeys)) {
			this.stickyKeys = Set.copyOf(present);
			this.carrier.accept(this.stickyKeys);
		}
	}

	/**
	 * Whether a name is, or ever was, that of a service.
	 * @param service any name
	 * @return {@code false} while no names are known
	 */
	public boolean wasNamed(String service) {
		return this.everNamed.contains(service);
	}

	/**
	 * Takes the data of an event {@code names}: all names, or what differs, and the
	 * sticky keys where they changed. While a registry has just started a name that is
	 * missing says nothing.
	 * @param data the data
	 * @return whether anything is new
	 */
	boolean take(JsonNode data) {
		Set<String> before = this.names;
		boolean partial = data.path("partial").asBoolean(false);
		boolean whole = data.has("names") && !partial;
		Set<String> present = new TreeSet<>((before != null && !whole) ? before : Set.of());
		if (!partial) {
			data.path("removed").valueStream().forEach((name) -> present.remove(name.asString("")));
		}
		data.path("names").valueStream().forEach((name) -> present.add(name.asString("")));
		data.path("added").valueStream().forEach((name) -> present.add(name.asString("")));
		names(present);
		return takeSticky(data.path("sticky")) || !present.equals(before);
	}

	/**
	 * Takes the data of an event {@code peers}: what other instances of the own service
	 * watch. Only the first one counts: a service that nobody calls any more would keep
	 * itself watched otherwise.
	 * @param data the data
	 * @return whether anything is new
	 */
	synchronized boolean takePeers(JsonNode data) {
		if (this.all || this.metPeers) {
			return false;
		}
		this.metPeers = true;
		int before = this.wanted.size();
		data.path("services")
			.valueStream()
			.map((name) -> name.asString(""))
			.filter(ServiceName::isValid)
			.forEach(this::keep);
		return this.wanted.size() > before;
	}

	private boolean takeSticky(JsonNode data) {
		if (!data.isArray()) {
			return false;
		}
		Set<String> before = this.stickyKeys;
		Set<String> present = new HashSet<>();
		data.valueStream().forEach((key) -> present.add(key.asString("")));
		stickyKeys(present);
		return !present.equals(before);
	}

	/**
	 * Watches one more.
	 * @param service its name
	 * @return whether that is news
	 */
	public synchronized boolean want(String service) {
		if (this.all || this.always.contains(service) || !this.wanted.add(service)) {
			return false;
		}
		this.all = length() > MAX_CHARS;
		return true;
	}

	/**
	 * Goes on watching what was in force before this process started, be it wanted then
	 * or not. Half of the room is left for what is called from now on.
	 * @param service its name
	 * @return whether it is watched
	 */
	synchronized boolean keep(String service) {
		if (!isWatched(service) && length() + service.length() < MAX_CHARS / 2) {
			this.wanted.add(service);
		}
		return isWatched(service);
	}

	private int length() {
		return String.join(",", services()).length();
	}

	public synchronized boolean forget(String service) {
		return !this.all && this.wanted.remove(service);
	}

	/**
	 * Watches all from now on: there are too many, or the registry knows no names.
	 */
	void all() {
		this.all = true;
	}

	public synchronized Set<String> wanted() {
		return Set.copyOf(this.wanted);
	}

	/**
	 * What to ask the registry for.
	 * @return names in alphabetical order, or {@code *}
	 */
	synchronized List<String> services() {
		if (this.all) {
			return List.of(ServiceName.MESH_WIDE);
		}
		Set<String> services = new TreeSet<>(this.always);
		services.addAll(this.wanted);
		return new ArrayList<>(services);
	}

}
