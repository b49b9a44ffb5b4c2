package io.meshup.model.rule.route;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How failed attempts are repeated on other instances.
 *
 * @param attempts how many retries at most, 0 to 10, default 2 (Istio's default)
 * @param codes statuses that are repeated, default none
 * @param on failures that are repeated, default connect failure and reset
 * @param backoff the first wait, doubled for each further retry and jittered; default 25
 * ms (Istio's base interval)
 * @param methods which may be repeated once something was sent; default the idempotent
 * ones (RFC 9110, section 9.2.2)
 */
public record RetryPolicy(Integer attempts, Set<Integer> codes, Set<RetryCondition> on, Duration backoff,
		Set<String> methods) {

	/**
	 * How many retries a rule can ask for.
	 */
	public static final int MAX_ATTEMPTS = 10;

	/**
	 * What holds where no rule says otherwise.
	 */
	public static final RetryPolicy DEFAULT = new RetryPolicy(2, Set.of(),
			Set.of(RetryCondition.CONNECT_FAILURE, RetryCondition.RESET), Duration.ofMillis(25),
			Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE"));

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public RetryPolicy {
		attempts = (attempts != null) ? attempts : 2;
		codes = (codes != null) ? Set.copyOf(codes) : Set.of();
		on = (on != null) ? Set.copyOf(on) : Set.of(RetryCondition.CONNECT_FAILURE, RetryCondition.RESET);
		backoff = (backoff != null) ? backoff : Duration.ofMillis(25);
		methods = (methods != null) ? Set.copyOf(methods) : Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");
		if (attempts < 0 || attempts > MAX_ATTEMPTS) {
			throw new IllegalArgumentException(
					"'attempts' must be between 0 and " + MAX_ATTEMPTS + " but was " + attempts);
		}
		List<Integer> wrong = codes.stream().filter((code) -> code < 400 || code > 599).sorted().toList();
		if (!wrong.isEmpty()) {
			throw new IllegalArgumentException("'codes' must be between 400 and 599 but had " + wrong);
		}
	}

}
