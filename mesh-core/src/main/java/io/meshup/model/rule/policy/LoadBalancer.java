package io.meshup.model.rule.policy;

import io.meshup.model.rule.match.Sticky;

/**
 * How an instance is picked.
 *
 * @param algorithm how, default least-request
 * @param hash which key of a request {@link Algorithm#RING_HASH} goes by; the caller's
 * address where it names none
 */
public record LoadBalancer(Algorithm algorithm, Sticky hash) {

	/**
	 * What holds where no rule says otherwise.
	 */
	public static final LoadBalancer DEFAULT = new LoadBalancer(Algorithm.LEAST_REQUEST, Sticky.NONE);

	private static final Sticky ADDRESS = new Sticky("", "", true);

	@SuppressWarnings({ "ConstantValue", "NullAway" })
	public LoadBalancer {
		algorithm = (algorithm != null) ? algorithm : Algorithm.LEAST_REQUEST;
		hash = (hash != null) ? hash : Sticky.NONE;
		if (algorithm != Algorithm.RING_HASH && !hash.equals(Sticky.NONE)) {
			throw new IllegalArgumentException("'hash' is for the algorithm 'ring-hash' only");
		}
		hash = (algorithm == Algorithm.RING_HASH && hash.equals(Sticky.NONE)) ? ADDRESS : hash;
	}

}
