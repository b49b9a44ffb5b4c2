package io.meshup.traffic.door;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.meshup.limit.KeyedAllowances;
import io.meshup.limit.Rate;
import io.meshup.model.AddressGroup;
import io.meshup.model.rule.Limit;
import io.meshup.model.rule.LimitScope;
import io.meshup.model.rule.RateLimit;
import io.meshup.route.match.RequestMatcher;
import org.jspecify.annotations.Nullable;

/**
 * One limit of a rule, ready for requests, with the allowances of its keys. Thread-safe.
 */
final class CompiledLimit {

	private final RateLimit rule;

	private final int index;

	private final Limit limit;

	private final String id;

	private final @Nullable RequestMatcher matcher;

	private final Function<DoorRequest, @Nullable String> key;

	private final Rate whole;

	private final KeyedAllowances allowances;

	private CompiledLimit(RateLimit rule, int index, KeyedAllowances allowances) {
		this.rule = rule;
		this.index = index;
		this.limit = rule.limits().get(index);
		this.id = rule.name() + "/" + index;
		this.matcher = (this.limit.match() != null) ? new RequestMatcher(this.limit.match()) : null;
		this.key = key(this.limit.per());
		Long burst = this.limit.burst();
		this.whole = new Rate(this.limit.requests(), this.limit.period().toNanos(), (burst != null) ? burst : 0);
		this.allowances = allowances;
	}

	/**
	 * Compiles all limits of a rule.
	 * @param rule the rule
	 * @param now the present
	 * @return its limits in order, with full allowances
	 * @throws IllegalArgumentException when an expression is not RE2
	 */
	static List<CompiledLimit> of(RateLimit rule, long now) {
		return IntStream.range(0, rule.limits().size())
			.mapToObj((index) -> new CompiledLimit(rule, index, new KeyedAllowances(now)))
			.toList();
	}

	// What was used up stays so when a rule is written anew with other numbers.
	CompiledLimit after(@Nullable CompiledLimit before) {
		return (before != null && before.countsLike(this.limit))
				? new CompiledLimit(this.rule, this.index, before.allowances) : this;
	}

	private boolean countsLike(Limit other) {
		return Objects.equals(this.limit.match(), other.match()) && this.limit.per().equals(other.per())
				&& this.limit.period().equals(other.period())
				&& (this.limit.burst() == null) == (other.burst() == null);
	}

	String id() {
		return this.id;
	}

	RateLimit rule() {
		return this.rule;
	}

	int index() {
		return this.index;
	}

	Limit limit() {
		return this.limit;
	}

	Rate whole() {
		return this.whole;
	}

	KeyedAllowances allowances() {
		return this.allowances;
	}

	boolean isShared() {
		return this.limit.scope() == LimitScope.MESH;
	}

	boolean counts(DoorRequest request) {
		return this.matcher == null || this.matcher.matches(request, request.source());
	}

	/**
	 * Whose allowance a request is taken from.
	 * @param request the request
	 * @return the key, empty for a request without one: all of these have one allowance
	 */
	String key(DoorRequest request) {
		String value = this.key.apply(request);
		return (value != null) ? KeyedAllowances.name(value) : "";
	}

	/**
	 * The name of a key's share.
	 * @param key the key
	 * @return unique among the limits of the service
	 */
	String shareId(String key) {
		return key.isEmpty() ? this.id : this.id + "|" + key;
	}

	private static Function<DoorRequest, @Nullable String> key(String per) {
		if (per.startsWith(Limit.PER_HEADER)) {
			String header = per.substring(Limit.PER_HEADER.length());
			return (request) -> request.header(header);
		}
		return switch (per) {
			case Limit.PER_SOURCE -> DoorRequest::source;
			case Limit.PER_IP -> CompiledLimit::address;
			default -> (request) -> null;
		};
	}

	private static @Nullable String address(DoorRequest request) {
		String address = request.remoteAddress();
		return (address != null) ? AddressGroup.of(address) : null;
	}

}
