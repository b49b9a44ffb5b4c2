package io.meshup.registry.security.rate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.meshup.model.AddressGroup;
import io.meshup.registry.problem.ApiProblem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A token bucket for each user, token or address. Thread-safe.
 */
public final class RequestRates {

	private static final int MAX_ENTRIES = 10_000;

	private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

	private final RateSettings settings;

	private final LongSupplier nanoClock;

	private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75F, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
			return size() > MAX_ENTRIES;
		}
	};

	public RequestRates(RateSettings settings, LongSupplier nanoClock) {
		this.settings = settings;
		this.nanoClock = nanoClock;
	}

	/**
	 * Counts a call of somebody known.
	 * @param name the user or token
	 * @throws ApiProblem with 429 when it is one too many
	 */
	public void countKnown(String name) {
		count("user " + name, "'" + name + "'", this.settings.requestsPerSecond(), this.settings.burst());
	}

	/**
	 * Counts a call without valid credentials, of all addresses of an IPv6 network
	 * together.
	 * @param address where it comes from
	 * @throws ApiProblem with 429 when it is one too many
	 */
	public void countAnonymous(String address) {
		count("address " + AddressGroup.of(address), "this address without valid credentials",
				this.settings.anonymousRequestsPerSecond(), this.settings.anonymousBurst());
	}

	private void count(String key, String who, int rate, int burst) {
		double missing = take(key, rate, burst);
		if (missing > 0) {
			HttpHeaders headers = new HttpHeaders();
			headers.set(HttpHeaders.RETRY_AFTER, Long.toString((long) Math.ceil(missing / rate)));
			throw ApiProblem
				.of(HttpStatus.TOO_MANY_REQUESTS,
						"Too many calls by " + who + ": at most " + rate + " a second and " + burst
								+ " at once are taken (mesh.registry.limits). Nothing was done; send again later.")
				.withHeaders(headers);
		}
	}

	private synchronized double take(String key, int rate, int burst) {
		long now = this.nanoClock.getAsLong();
		Bucket bucket = this.buckets.computeIfAbsent(key, (any) -> new Bucket(burst, now));
		bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.nanos) / SECOND * rate);
		bucket.nanos = now;
		if (bucket.tokens < 1) {
			return 1 - bucket.tokens;
		}
		bucket.tokens--;
		return 0;
	}

	private static final class Bucket {

		private double tokens;

		private long nanos;

		Bucket(double tokens, long nanos) {
			this.tokens = tokens;
			this.nanos = nanos;
		}

	}

}
