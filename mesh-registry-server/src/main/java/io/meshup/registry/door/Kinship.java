package io.meshup.registry.door;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.meshup.registry.problem.ApiProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Whether who comes belongs here. Participants of another trust domain are refused, so
 * that they keep what they know; those that come with the state of another registry are
 * taken, because a store may have been lost, and told to the operator. Thread-safe.
 */
public final class Kinship {

	/**
	 * The request header with the participant's trust domain.
	 */
	public static final String TRUST_DOMAIN = "x-mesh-trust-domain";

	/**
	 * The request header with the name of the registry whose state the participant has.
	 */
	public static final String KNOWN_REGISTRY = "x-mesh-known-registry";

	private static final Logger logger = LoggerFactory.getLogger(Kinship.class);

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

	private static final long REMEMBERED_NANOS = TimeUnit.HOURS.toNanos(1);

	private static final int MOST = 10_000;

	private final String trustDomain;

	private final Supplier<String> registry;

	private final LongSupplier nanoClock;

	private final Map<Arrival, Long> arrivals = new ConcurrentHashMap<>();

	/**
	 * Makes one that has seen nobody.
	 * @param trustDomain of this registry
	 * @param registry the name of this registry's store
	 * @param nanoClock monotonic nanoseconds
	 */
	public Kinship(String trustDomain, Supplier<String> registry, LongSupplier nanoClock) {
		this.trustDomain = trustDomain;
		this.registry = registry;
		this.nanoClock = nanoClock;
	}

	/**
	 * Looks at the call of somebody who showed the join token.
	 * @param request the call
	 * @throws ApiProblem 421 for participants of another trust domain
	 */
	public void check(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		String domain = headers.getFirst(TRUST_DOMAIN);
		if (domain != null && !domain.equals(this.trustDomain)) {
			throw ApiProblem.of(HttpStatus.MISDIRECTED_REQUEST,
					"This registry belongs to another trust domain than this participant. Correct mesh.registry.urls, "
							+ "or give both the same mesh.registry.trust-domain.");
		}
		String known = headers.getFirst(KNOWN_REGISTRY);
		if (known != null && NAME.matcher(known).matches() && !known.equals(this.registry.get())) {
			note(new Arrival(known, String.valueOf(request.getQueryParams().getFirst("instance"))));
		}
	}

	/**
	 * Who came with the state of another registry within the last hour.
	 * @return how many participants came from each
	 */
	public List<Strangers> strangers() {
		long now = this.nanoClock.getAsLong();
		this.arrivals.values().removeIf((at) -> now - at > REMEMBERED_NANOS);
		Map<String, Integer> counts = new TreeMap<>();
		this.arrivals.keySet().forEach((arrival) -> counts.merge(arrival.registry(), 1, Integer::sum));
		return counts.entrySet().stream().map((each) -> new Strangers(each.getKey(), each.getValue())).toList();
	}

	private void note(Arrival arrival) {
		if (this.arrivals.size() >= MOST) {
			return;
		}
		boolean isFirst = this.arrivals.keySet().stream().noneMatch((each) -> each.registry.equals(arrival.registry));
		this.arrivals.put(arrival, this.nanoClock.getAsLong());
		if (isFirst) {
			logger.warn(
					"Participants come with the state of another registry ('{}', this one is '{}'). If the data "
							+ "directory or Redis was lost or replaced, restore the backup: the rules of before are "
							+ "not here. If this is not their registry, correct mesh.registry.urls",
					arrival.registry, this.registry.get());
		}
	}

	/**
	 * Participants that came with the state of another registry.
	 *
	 * @param registry its name
	 * @param participants how many
	 */
	public record Strangers(String registry, int participants) {
	}

	private record Arrival(String registry, String participant) {
	}

}
