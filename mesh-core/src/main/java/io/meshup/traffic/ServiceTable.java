package io.meshup.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.meshup.model.Instance;
import io.meshup.model.RejectedRule;
import io.meshup.model.ServiceName;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.rule.Rule;
import io.meshup.model.rule.TrafficPolicy;

/**
 * All services as this process calls them. {@link #apply} is the only writer and called
 * by one thread; readers of any thread see whole, immutable views.
 */
public final class ServiceTable {

	private volatile Map<String, ServiceView> views = Map.of();

	private volatile Map<String, ServiceSnapshot> snapshots = Map.of();

	private volatile boolean ready;

	private final NanoClock clock;

	private final List<Rule> defaults;

	private ServiceTable(Builder builder) {
		this.clock = builder.clock;
		this.defaults = List.copyOf(builder.defaults);
		for (Map.Entry<String, List<Instance>> entry : builder.fixed.entrySet()) {
			apply(new ServiceSnapshot("", entry.getKey(), 0, false, List.of(), entry.getValue(), List.of()));
		}
	}

	/**
	 * Starts a table.
	 * @return a builder with the machine's clock, no defaults and no fixed services
	 */
	public static Builder builder() {
		return new Builder();
	}

	List<Rule> defaults() {
		return this.defaults;
	}

	NanoClock clock() {
		return this.clock;
	}

	/**
	 * Puts a snapshot in force.
	 * @param snapshot what the registry, or the last good file, says of one service
	 */
	public void apply(ServiceSnapshot snapshot) {
		Map<String, ServiceView> next = new TreeMap<>(this.views);
		next.put(snapshot.service(),
				new ServiceView(snapshot.service(), snapshot, null, TrafficPolicy.defaults(snapshot.service())));
		Map<String, ServiceSnapshot> kept = new TreeMap<>(this.snapshots);
		kept.put(snapshot.service(), snapshot);
		this.snapshots = kept;
		this.views = next;
		this.ready = true;
	}

	/**
	 * One service.
	 * @param service its name
	 * @return its present view; one that is not known for other names
	 */
	public ServiceView view(String service) {
		ServiceView view = this.views.get(service);
		return (view != null) ? view : new ServiceView(service, null, null, TrafficPolicy.defaults("unknown"));
	}

	/**
	 * The known services.
	 * @return their names in order
	 */
	public Set<String> services() {
		return new TreeSet<>(this.views.keySet());
	}

	/**
	 * Whether there is something to go by.
	 * @return {@code true} after the first snapshot, also one from the last good file
	 */
	public boolean isReady() {
		return this.ready;
	}

	/**
	 * Rules that could not be used.
	 * @return one entry for each, in order
	 */
	public List<RejectedRule> rejected() {
		return List.of();
	}

	/**
	 * What is in force, in the registry's form.
	 * @return snapshots that {@link #apply} can take again after a restart
	 */
	public List<ServiceSnapshot> snapshots() {
		return List.copyOf(this.snapshots.values());
	}

	/**
	 * Collects what a table begins with. Not thread-safe.
	 */
	public static final class Builder {

		private final List<Rule> defaults = new ArrayList<>();

		private final Map<String, List<Instance>> fixed = new TreeMap<>();

		private NanoClock clock = NanoClock.system();

		private Builder() {
		}

		/**
		 * Sets the clock; default the machine's own.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(NanoClock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Adds a rule that holds while the registry has none of its kind for its service.
		 * @param rule a rule of this process's own configuration
		 * @return this builder
		 */
		public Builder defaults(Rule rule) {
			this.defaults.add(rule);
			return this;
		}

		/**
		 * Adds a service outside the mesh, so that rules hold for it.
		 * @param service its name
		 * @param instances where it is; used while the registry lists none
		 * @return this builder
		 */
		public Builder fixed(String service, List<Instance> instances) {
			this.fixed.put(ServiceName.require(service), List.copyOf(instances));
			return this;
		}

		/**
		 * Makes the table.
		 * @return a new table
		 */
		public ServiceTable build() {
			return new ServiceTable(this);
		}

	}

}
