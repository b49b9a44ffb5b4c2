package io.meshup.traffic.request;

/**
 * How a service tells its caller that a failure comes from further down and was retried
 * there already, or that the budget for it is spent. Whoever hears of it does not retry
 * and tells its own caller: retries of several hops must not multiply (the Google SRE
 * book's "overloaded; don't retry").
 */
public final class RetriesSpent {

	static final String HEADER = "x-mesh-retries";

	static final String VALUE = "spent";

	private RetriesSpent() {
	}

	public static boolean isTold(ResponseHead head) {
		return VALUE.equals(head.header(HEADER));
	}

}
