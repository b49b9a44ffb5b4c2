package io.meshup.control.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.meshup.model.Instance;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceDelta;
import io.meshup.model.ServiceSnapshot;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one line has brought of each service that later events may be laid over. Deltas
 * are a matter of the wire only: whoever asks gets whole snapshots. Not thread-safe.
 */
public final class LargeServices {

	/** The registry sends deltas above a hundred. */
	private static final int KEPT_ABOVE = 50;

	private final Map<String, Base> bases = new HashMap<>();

	private long asOf;

	/**
	 * Names the content that was read last. It may be newer than its snapshot's revision.
	 * @return its number, or the snapshot's revision where the registry does not tell it
	 */
	public long asOf() {
		return this.asOf;
	}

	/**
	 * A new line: the registry does not know what came on the last one.
	 */
	public void clear() {
		this.bases.clear();
	}

	/**
	 * Reads an event {@code service}.
	 * @param data its data
	 * @return the snapshot
	 * @throws IllegalArgumentException when it cannot be read
	 */
	public ServiceSnapshot whole(byte[] data) {
		Whole read = required(MeshJson.read(data, Whole.class));
		ServiceSnapshot snapshot = checked(new ServiceSnapshot(read.registry(), read.service(), read.revision(),
				read.partial(), read.gone(), read.instances(), read.rules()));
		remember(read.asOf(), snapshot);
		return snapshot;
	}

	/**
	 * Reads an event {@code delta}.
	 * @param data its data
	 * @return the whole snapshot that it makes of what is there
	 * @throws IllegalArgumentException when it cannot be read or does not fit
	 */
	public ServiceSnapshot changed(byte[] data) {
		ServiceDelta delta = required(MeshJson.read(data, ServiceDelta.class));
		Base base = this.bases.remove(delta.service());
		if (base == null || base.asOf() != delta.since()) {
			throw new IllegalArgumentException("a delta since " + delta.since() + " does not fit what is here: "
					+ ((base != null) ? base.asOf() : "nothing"));
		}
		ServiceSnapshot snapshot = checked(laidOver(base.snapshot(), delta));
		if (snapshot.instances().size() != delta.size()) {
			throw new IllegalArgumentException(
					"a delta should leave " + delta.size() + " instances but left " + snapshot.instances().size());
		}
		remember(delta.asOf(), snapshot);
		return snapshot;
	}

	private void remember(long asOf, ServiceSnapshot snapshot) {
		this.asOf = Math.max(asOf, snapshot.revision());
		if (asOf > 0 && snapshot.instances().size() > KEPT_ABOVE) {
			this.bases.put(snapshot.service(), new Base(asOf, snapshot));
		}
		else {
			this.bases.remove(snapshot.service());
		}
	}

	private static ServiceSnapshot laidOver(ServiceSnapshot base, ServiceDelta delta) {
		Map<String, Instance> instances = new TreeMap<>();
		base.instances().forEach((instance) -> instances.put(instance.id(), instance));
		delta.left().forEach(instances::remove);
		delta.instances().forEach((instance) -> instances.put(instance.id(), instance));
		List<String> gone = delta.gone();
		List<JsonNode> rules = delta.rules();
		return new ServiceSnapshot(delta.registry(), delta.service(), delta.revision(), delta.partial(),
				(gone != null) ? gone : base.gone(), List.copyOf(instances.values()),
				(rules != null) ? rules : base.rules());
	}

	private static <T> T required(@Nullable T data) {
		if (data == null) {
			throw new IllegalArgumentException("an object was expected but nothing was there");
		}
		return data;
	}

	private static ServiceSnapshot checked(ServiceSnapshot snapshot) {
		if (isBlank(snapshot.registry()) || isBlank(snapshot.service()) || snapshot.revision() < 0) {
			throw new IllegalArgumentException("'registry', 'service' and 'revision' must be given");
		}
		return snapshot;
	}

	@SuppressWarnings("ConstantValue")
	private static boolean isBlank(@Nullable String text) {
		return text == null || text.isBlank();
	}

	private record Base(long asOf, ServiceSnapshot snapshot) {
	}

	private record Whole(String registry, String service, long revision, long asOf, boolean partial, List<String> gone,
			List<Instance> instances, List<JsonNode> rules) {
	}

}
