package io.meshup.cache;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.meshup.model.rule.filter.CachePolicy;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one service that this process keeps, within so many bytes. Thread-safe.
 */
public final class ResponseCache {

	/** What one service may use. */
	private static final long MAX_BYTES = 16L * 1024 * 1024;

	/** A call that is never ended must not hold the others up for good. */
	static final long LONGEST_FLIGHT_NANOS = TimeUnit.SECONDS.toNanos(2);

	/**
	 * What remembering that answers are not kept may use, as part of a service's bytes.
	 */
	private static final int PASSING_PART = 16;

	private static final int ENTRY_BYTES = 64;

	private static final long PASSING_SECONDS = 10;

	private final Cache<String, Variants> kept;

	private final Cache<String, Boolean> passing;

	private final ConcurrentMap<String, Flight> flights = new ConcurrentHashMap<>();

	private final AtomicLong rules = new AtomicLong();

	/**
	 * Makes an empty cache.
	 * @param clock the present in nanoseconds
	 */
	public ResponseCache(LongSupplier clock) {
		this(clock, MAX_BYTES);
	}

	ResponseCache(LongSupplier clock, long bytes) {
		this.kept = Caffeine.newBuilder()
			.executor(Runnable::run)
			.ticker(clock::getAsLong)
			.maximumWeight(bytes)
			.weigher((String target, Variants variants) -> ENTRY_BYTES + target.length() + variants.size())
			.expireAfter(Expiry
				.writing((String target, Variants variants) -> Duration.ofNanos(variants.usefulFor(clock.getAsLong()))))
			.build();
		this.passing = Caffeine.newBuilder()
			.executor(Runnable::run)
			.ticker(clock::getAsLong)
			.maximumWeight(bytes / PASSING_PART)
			.weigher((String key, Boolean pass) -> ENTRY_BYTES + key.length())
			.expireAfterWrite(PASSING_SECONDS, TimeUnit.SECONDS)
			.build();
	}

	/**
	 * The part of the cache that belongs to a rule.
	 * @param policy how the rule keeps answers
	 * @param origin what else decides about its answers; compared only
	 * @return a new part, empty
	 */
	public RuleCache rule(CachePolicy policy, Object origin) {
		return new RuleCache(this, this.rules.incrementAndGet(), policy, origin);
	}

	/**
	 * Drops what was kept by a rule.
	 * @param rule the rule's part
	 */
	public void drop(RuleCache rule) {
		this.kept.asMap().keySet().forEach((target) -> remove(target, (kept) -> kept.variant().rule() == rule));
	}

	/**
	 * Drops what was kept of an address, because a request changed it.
	 * @param target its raw path and query
	 */
	public void changed(String target) {
		this.kept.invalidate(target);
	}

	void remove(String target, Predicate<KeptResponse> gone) {
		this.kept.asMap().computeIfPresent(target, (key, variants) -> variants.without(gone));
	}

	@Nullable KeptResponse find(RuleCache rule, CacheRequest request) {
		Variants variants = this.kept.getIfPresent(request.target());
		return (variants != null) ? variants.find(rule, request) : null;
	}

	void keep(String target, KeptResponse response) {
		this.kept.asMap().compute(target, (key, before) -> Variants.with(before, response));
	}

	// Returns a flight that has not begun, or nothing where waiting is no use.
	@Nullable Flight flight(RuleCache rule, CacheRequest request, long now) {
		String key = flightKey(rule, request);
		return (this.passing.getIfPresent(key) != null) ? null : new Flight(key, now);
	}

	// Returns the flight to wait for; the own one where there is no other.
	Flight join(Flight own) {
		return this.flights.merge(own.key(), own,
				(present, same) -> present.isAsLongAs(LONGEST_FLIGHT_NANOS, own) ? own : present);
	}

	void end(Flight flight, Flight.End how) {
		flight.finish(how);
		this.flights.remove(flight.key(), flight);
	}

	// Answers to this are not kept: for a while nobody waits for one.
	void pass(RuleCache rule, CacheRequest request) {
		this.passing.put(flightKey(rule, request), Boolean.TRUE);
	}

	// What the answers, and the memory of those that are not kept, weigh at present.
	long weight() {
		return weight(this.kept) + weight(this.passing);
	}

	private static long weight(Cache<?, ?> cache) {
		cache.cleanUp();
		return cache.policy().eviction().orElseThrow().weightedSize().orElseThrow();
	}

	private String flightKey(RuleCache rule, CacheRequest request) {
		Variants variants = this.kept.getIfPresent(request.target());
		Map<String, String> values = (variants != null) ? variants.values(rule, request) : Map.of();
		return rule.number() + "\n" + request.lane() + '\n' + request.origin() + '\n' + request.target() + '\n'
				+ values;
	}

}
