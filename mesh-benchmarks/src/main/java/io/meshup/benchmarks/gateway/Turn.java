package io.meshup.benchmarks.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What one turn of a contestant gave; times in microseconds.
 *
 * @param rate answers per second
 * @param p50 median latency
 * @param p99 99th percentile of latency
 * @param cpu processor time per request of the contestant
 * @param backendCpu the same of the backend
 * @param loadCpu the same of the load generator
 */
record Turn(double rate, double p50, double p99, double cpu, double backendCpu, double loadCpu) {

	static double median(List<Turn> turns, ToDoubleFunction<Turn> value) {
		return median(turns.stream().mapToDouble(value).toArray());
	}

	static double medianRatio(List<Turn> turns, List<Turn> base, ToDoubleFunction<Turn> value) {
		return median(IntStream.range(0, turns.size())
			.mapToDouble((i) -> value.applyAsDouble(turns.get(i)) / value.applyAsDouble(base.get(i)))
			.toArray());
	}

	private static double median(double... values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
