package io.meshup.model.rule.filter;

import java.time.Duration;

/**
 * Keeps answers to GET at the caller (RFC 9111: as a shared cache would).
 *
 * @param ttl how long an answer is fresh that says nothing itself; zero: only what says
 * so
 * @param staleIfError how much longer it may stand in when the service fails or its
 * breaker is open, default none
 */
public record CachePolicy(Duration ttl, Duration staleIfError) {

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public CachePolicy {
		ttl = (ttl != null) ? ttl : Duration.ZERO;
		staleIfError = (staleIfError != null) ? staleIfError : Duration.ZERO;
	}

}
