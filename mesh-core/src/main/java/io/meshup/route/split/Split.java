package io.meshup.route.split;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

import io.meshup.model.StableHash;
import io.meshup.model.rule.match.Sticky;
import io.meshup.model.rule.route.BackendRef;
import io.meshup.route.match.RouteRequest;

/**
 * Draws one of a rule's backends by weight. Immutable.
 * <p>
 * A sticky draw is a weighted rendezvous: each backend's score for a key depends on
 * nothing but the two and its own weight, so that moving a weight, or losing a backend,
 * moves only the keys that must move.
 */
public final class Split {

	private final String[] services;

	private final String[] versions;

	private final int[] weights;

	private final long[] seeds;

	private final StickyKey key;

	public Split(String service, List<BackendRef> refs, Sticky sticky) {
		List<BackendRef> backends = refs.isEmpty() ? List.of(new BackendRef(service, "", 1)) : refs;
		int size = backends.size();
		this.services = new String[size];
		this.versions = new String[size];
		this.weights = new int[size];
		this.seeds = new long[size];
		for (int i = 0; i < size; i++) {
			BackendRef backend = backends.get(i);
			this.services[i] = backend.service().isEmpty() ? service : backend.service();
			this.versions[i] = backend.version();
			this.weights[i] = backend.weight();
			this.seeds[i] = StableHash.of(this.services[i] + '/' + this.versions[i]);
		}
		this.key = StickyKey.of(sticky);
	}

	/**
	 * The service of a backend.
	 * @param index from {@link #choose}
	 * @return its name
	 */
	public String service(int index) {
		return this.services[index];
	}

	/**
	 * The version of a backend.
	 * @param index from {@link #choose}
	 * @return its version, or empty for any
	 */
	public String version(int index) {
		return this.versions[index];
	}

	/**
	 * How many backends there are.
	 * @return at least 1
	 */
	public int size() {
		return this.weights.length;
	}

	/**
	 * Whether a backend is ever drawn.
	 * @param index up to {@link #size}
	 * @return {@code false} for a weight of 0
	 */
	public boolean isDrawn(int index) {
		return this.weights.length == 1 || this.weights[index] > 0;
	}

	/**
	 * Draws a backend.
	 * @param usable which of them may be drawn
	 * @param request where a sticky split finds its key
	 * @param random where another split finds its luck
	 * @return the index of a usable backend with a weight above 0, or -1 without one
	 */
	public int choose(IntPredicate usable, RouteRequest request, RandomGenerator random) {
		if (this.weights.length == 1) {
			return usable.test(0) ? 0 : -1;
		}
		long hash = this.key.hash(request);
		return (hash == 0) ? draw(usable, random) : rendezvous(usable, hash);
	}

	/**
	 * What keeps a caller on one backend.
	 * @return a key without a name when nothing does
	 */
	public StickyKey key() {
		return this.key;
	}

	private int draw(IntPredicate usable, RandomGenerator random) {
		long total = 0;
		for (int i = 0; i < this.weights.length; i++) {
			total += (this.weights[i] > 0 && usable.test(i)) ? this.weights[i] : 0;
		}
		long point = (total > 0) ? random.nextLong(total) : 0;
		int last = -1;
		for (int i = 0; i < this.weights.length && total > 0; i++) {
			if (this.weights[i] > 0 && usable.test(i)) {
				last = i;
				point -= this.weights[i];
				if (point < 0) {
					return i;
				}
			}
		}
		return last;
	}

	private int rendezvous(IntPredicate usable, long hash) {
		int best = -1;
		double bestScore = Double.POSITIVE_INFINITY;
		for (int i = 0; i < this.weights.length; i++) {
			if (this.weights[i] > 0 && usable.test(i)) {
				double score = -Math.log(StableHash.unit(hash ^ this.seeds[i])) / this.weights[i];
				if (score < bestScore) {
					best = i;
					bestScore = score;
				}
			}
		}
		return best;
	}

}
