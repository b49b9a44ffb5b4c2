package io.meshup.registry.insight.edge;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts of durations in microseconds, by buckets that are at most 1.6 % wide; only the
 * buckets in use take room. Immutable.
 */
public final class Latencies {

	static final Latencies NONE = new Latencies(new int[0], new long[0]);

	private static final int SUB_BITS = 6;

	private static final int SUB = 1 << SUB_BITS;

	private final int[] buckets;

	private final long[] counts;

	private Latencies(int[] buckets, long[] counts) {
		this.buckets = buckets;
		this.counts = counts;
	}

	/**
	 * Counts values.
	 * @param micros ascending values
	 * @param counts how often each
	 * @return the counts
	 */
	static Latencies of(long[] micros, long[] counts) {
		int[] buckets = new int[micros.length];
		long[] sums = new long[micros.length];
		int size = 0;
		for (int i = 0; i < micros.length; i++) {
			int bucket = bucket(micros[i]);
			if (size == 0 || buckets[size - 1] != bucket) {
				buckets[size++] = bucket;
			}
			sums[size - 1] += counts[i];
		}
		return new Latencies(Arrays.copyOf(buckets, size), Arrays.copyOf(sums, size));
	}

	/**
	 * What came since an earlier state of the same counts.
	 * @param earlier the earlier state
	 * @return the difference, never below zero
	 */
	Latencies since(Latencies earlier) {
		return combined(earlier, -1);
	}

	Latencies plus(Latencies other) {
		return combined(other, 1);
	}

	/**
	 * Adds many up, without an array for each step on the way.
	 * @param all what to add
	 * @return the sum
	 */
	static Latencies sum(List<Latencies> all) {
		int size = 0;
		for (Latencies one : all) {
			size = Math.max(size, (one.buckets.length > 0) ? one.buckets[one.buckets.length - 1] + 1 : 0);
		}
		long[] dense = new long[size];
		for (Latencies one : all) {
			for (int i = 0; i < one.buckets.length; i++) {
				dense[one.buckets[i]] += one.counts[i];
			}
		}
		int[] buckets = IntStream.range(0, size).filter((bucket) -> dense[bucket] > 0).toArray();
		return new Latencies(buckets, Arrays.stream(buckets).mapToLong((bucket) -> dense[bucket]).toArray());
	}

	long total() {
		return Arrays.stream(this.counts).sum();
	}

	/**
	 * The duration below which a share of the values lies.
	 * @param percent more than 0, at most 100
	 * @return milliseconds, 0 when nothing was counted
	 */
	public double percentileMillis(double percent) {
		long rank = Math.max(1, (long) Math.ceil(total() * percent / 100));
		long seen = 0;
		for (int i = 0; i < this.counts.length; i++) {
			seen += this.counts[i];
			if (seen >= rank) {
				return micros(this.buckets[i]) / 1000.0;
			}
		}
		return 0;
	}

	private Latencies combined(Latencies other, int sign) {
		int[] mergedBuckets = new int[this.buckets.length + other.buckets.length];
		long[] mergedCounts = new long[mergedBuckets.length];
		int size = 0;
		int mine = 0;
		int theirs = 0;
		while (mine < this.buckets.length || theirs < other.buckets.length) {
			int left = (mine < this.buckets.length) ? this.buckets[mine] : Integer.MAX_VALUE;
			int right = (theirs < other.buckets.length) ? other.buckets[theirs] : Integer.MAX_VALUE;
			int bucket = Math.min(left, right);
			long count = (left == bucket) ? this.counts[mine++] : 0;
			count += (right == bucket) ? sign * other.counts[theirs++] : 0;
			if (count > 0) {
				mergedBuckets[size] = bucket;
				mergedCounts[size++] = count;
			}
		}
		return new Latencies(Arrays.copyOf(mergedBuckets, size), Arrays.copyOf(mergedCounts, size));
	}

	private static int bucket(long micros) {
		if (micros < SUB) {
			return (int) Math.max(0, micros);
		}
		int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
		int sub = (int) (micros >>> (exponent - SUB_BITS)) & (SUB - 1);
		return (exponent - SUB_BITS + 1) * SUB + sub;
	}

	private static double micros(int bucket) {
		if (bucket < SUB) {
			return bucket;
		}
		int shift = bucket / SUB - 1;
		long low = (long) (SUB + bucket % SUB) << shift;
		return low + ((1L << shift) - 1) / 2.0;
	}

}
