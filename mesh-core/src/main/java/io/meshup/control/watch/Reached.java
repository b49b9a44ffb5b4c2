package io.meshup.control.watch;

import java.util.HashMap;
import java.util.Map;

import io.meshup.model.ServiceSnapshot;

/**
 * How far each service has come here, also one that went: a node that lags may still list
 * it. What came with a newer content than its revision may come again from there, with an
 * older one; therefore both numbers are kept. Not thread-safe.
 */
final class Reached {

	private final Map<String, Point> points = new HashMap<>();

	/**
	 * Whether what is in force is newer.
	 * @param snapshot what came
	 * @param asOf the number of its content
	 * @return whether to leave it
	 */
	boolean isAbove(ServiceSnapshot snapshot, long asOf) {
		Point point = this.points.getOrDefault(snapshot.service(), Point.NONE);
		return snapshot.revision() < point.revision() || asOf < point.asOf();
	}

	/**
	 * Notes what is in force from now on.
	 * @param snapshot the snapshot
	 * @param asOf the number of its content, 0 where it is not known
	 */
	void add(ServiceSnapshot snapshot, long asOf) {
		this.points.put(snapshot.service(), new Point(snapshot.revision(), asOf));
	}

	void remove(String service) {
		this.points.remove(service);
	}

	void clear() {
		this.points.clear();
	}

	private record Point(long revision, long asOf) {

		static final Point NONE = new Point(0, 0);

	}

}
