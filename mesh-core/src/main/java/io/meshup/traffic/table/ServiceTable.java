package io.meshup.traffic.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.meshup.model.Instance;
import io.meshup.model.ServiceName;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.beat.Beat;
import io.meshup.model.beat.RejectedRule;
import io.meshup.model.rule.Rule;
import io.meshup.route.split.StickyKey;
import io.meshup.route.split.StickyNames;
import io.meshup.traffic.event.TrafficChanges;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All services as this process calls them. {@link #apply} is the only writer and called
 * by one thread; readers of any thread see whole, immutable views.
 */
public final class ServiceTable {

	/** Where sticky keys come from that are no watched service's: no service's name. */
	private static final String NAMED = "(names)";

	private final ConcurrentMap<String, ServiceView> views = new ConcurrentHashMap<>();

	private final TrafficChanges changes = new TrafficChanges();

	private final EdgeLedger edges = new EdgeLedger(this::view);

	private final StickyNames stickyNames = new StickyNames();

	private final NanoClock clock;

	private final List<Rule> defaults;

	private final Map<String, List<Instance>> fixed;

	private final String zone;

	private final Set<String> stale = ConcurrentHashMap.newKeySet();

	private volatile boolean ready;

	private long readySince;

	private ServiceTable(Builder builder) {
		this.clock = builder.clock;
		this.zone = builder.zone;
		this.defaults = List.copyOf(builder.defaults);
		this.fixed = Map.copyOf(builder.fixed);
		Set<String> own = new TreeSet<>(this.fixed.keySet());
		this.defaults.forEach((rule) -> own.add(rule.service()));
		own.forEach((service) -> put(nothingYet(service), nothing(service)));
	}

	/**
	 * Starts a table.
	 * @return a builder with the machine's clock, no defaults and no fixed services
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Puts a snapshot in force. An older one than the present of the same registry is
	 * ignored; a partial one removes only what is gone; a rule that cannot be used leaves
	 * its last good version in force.
	 * @param snapshot what the registry, or the last good file, says of one service
	 */
	public void apply(ServiceSnapshot snapshot) {
		ServiceView present = this.views.get(snapshot.service());
		ServiceView base = (present != null) ? present : nothing(snapshot.service());
		ServiceSnapshot before = withoutFixed(base.snapshot());
		if (!before.registry().equals(snapshot.registry()) || before.revision() <= snapshot.revision()) {
			if (snapshot.partial()) {
				base.state().health().expectLatecomers();
			}
			put(merge(before, snapshot), base);
		}
		this.stale.remove(snapshot.service());
		if (!this.ready) {
			this.readySince = this.clock.nanoTime();
			this.ready = true;
		}
	}

	/**
	 * Carries on the keys of routes that this process need not know itself: those of
	 * services further down the chain. Called by the same thread as {@link #apply}.
	 * @param keys as {@link StickyKey#name()} has them; others are ignored
	 */
	public void carry(Collection<String> keys) {
		Map<String, StickyKey> carried = new TreeMap<>();
		for (String name : keys) {
			StickyKey key = StickyKey.named(name);
			if (!key.name().isEmpty()) {
				carried.put(key.name(), key);
			}
		}
		this.stickyNames.put(NAMED, carried);
	}

	/**
	 * One service.
	 * @param service its name
	 * @return its present view; one that is not known for other names
	 */
	public ServiceView view(String service) {
		ServiceView view = this.views.get(service);
		return (view != null) ? view : nothing(service);
	}

	/**
	 * The services that have instances or rules.
	 * @return their names in order
	 */
	public Set<String> services() {
		Set<String> names = new TreeSet<>();
		this.views.forEach((name, view) -> {
			if (view.isListed() && ServiceName.isValid(name)) {
				names.add(name);
			}
		});
		return names;
	}

	/**
	 * The services that this process's own configuration names.
	 * @return their names in order
	 */
	public Set<String> configured() {
		Set<String> names = new TreeSet<>(this.fixed.keySet());
		this.defaults.forEach((rule) -> names.add(rule.service()));
		names.removeIf((name) -> !ServiceName.isValid(name));
		return names;
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
	 * @return one entry for each, ordered by service
	 */
	public List<RejectedRule> rejected() {
		return new TreeMap<>(this.views).values().stream().flatMap((view) -> view.rules().rejected().stream()).toList();
	}

	/**
	 * The draining instances that calls of this process were sent to, or are about to be,
	 * and have no answer from: they must not stop yet.
	 * @return as {@code service/id}; of very many only some
	 */
	public List<String> busy() {
		return this.views.values()
			.stream()
			.flatMap((view) -> view.state().health().busy().stream().map((id) -> view.service() + '/' + id))
			.sorted()
			.limit(Beat.MAX_BUSY)
			.toList();
	}

	/**
	 * What is in force, in the registry's form: a rule that was refused stands after the
	 * one that holds in its place.
	 * @return snapshots that {@link #apply} can take again after a restart
	 */
	public List<ServiceSnapshot> snapshots() {
		return new TreeMap<>(this.views).values()
			.stream()
			.filter((view) -> !view.snapshot().registry().isEmpty())
			.map((view) -> withRules(withoutFixed(view.snapshot()), view.rules().documents()))
			.filter((snapshot) -> !snapshot.instances().isEmpty() || !snapshot.rules().isEmpty())
			.toList();
	}

	public TrafficChanges changes() {
		return this.changes;
	}

	public List<StickyKey> stickyKeys() {
		return this.stickyNames.all();
	}

	public EdgeLedger edges() {
		return this.edges;
	}

	// Returns how long there has been something to go by; only while {@link #isReady}.
	long readyFor(long now) {
		return now - this.readySince;
	}

	// Returns the view of a name that was heard of.
	public @Nullable ServiceView find(String service) {
		return this.views.get(service);
	}

	// Returns whether the name is known, without making a view for one that is not.
	boolean knows(String service) {
		ServiceView view = this.views.get(service);
		return view != null && view.isKnown();
	}

	// Returns whether the registry, or the last good file, said anything of it that
	// holds.
	public boolean isTold(String service) {
		return wasTold(service) && (this.stale.isEmpty() || !this.stale.contains(service));
	}

	// The same, though it may have grown old.
	boolean wasTold(String service) {
		ServiceView view = this.views.get(service);
		return view != null && !view.snapshot().registry().isEmpty();
	}

	// What is known grows old from now on. It stays for the calls under way.
	public void forget(String service) {
		this.stale.add(service);
	}

	private void put(ServiceSnapshot snapshot, ServiceView before) {
		RulesInForce rules = before.rules().with(snapshot.rules());
		ServiceSnapshot whole = orFixed(snapshot);
		boolean known = before.isKnown() || !whole.instances().isEmpty() || !rules.isEmpty();
		this.views.put(snapshot.service(),
				new ServiceView(whole, rules, before.state(), known, !snapshot.instances().isEmpty()));
		this.stickyNames.put(snapshot.service(), rules.compiledRoute().stickyKeys());
		report(before.rules(), rules, snapshot);
	}

	private void report(RulesInForce before, RulesInForce after, ServiceSnapshot snapshot) {
		after.rejected()
			.stream()
			.filter((rule) -> !before.rejected().contains(rule))
			.forEach((rule) -> this.changes.rejected(snapshot.service(), rule));
		if (before != after) {
			this.changes.applied(snapshot.service(), snapshot.revision());
		}
	}

	private ServiceSnapshot orFixed(ServiceSnapshot snapshot) {
		List<Instance> own = this.fixed.getOrDefault(snapshot.service(), List.of());
		return (snapshot.instances().isEmpty() && !own.isEmpty()) ? withInstances(snapshot, own) : snapshot;
	}

	private ServiceSnapshot withoutFixed(ServiceSnapshot snapshot) {
		return snapshot.instances().equals(this.fixed.get(snapshot.service())) ? withInstances(snapshot, List.of())
				: snapshot;
	}

	private ServiceView nothing(String service) {
		RulesInForce rules = RulesInForce.of(service, this.defaults);
		return new ServiceView(nothingYet(service), rules,
				new ServiceState(service, this.zone, this.clock, this.changes, this.edges), false, false);
	}

	private static ServiceSnapshot nothingYet(String service) {
		return new ServiceSnapshot("", service, 0, false, List.of(), List.of(), List.of());
	}

	private static ServiceSnapshot merge(ServiceSnapshot before, ServiceSnapshot after) {
		if (!after.partial()) {
			return after;
		}
		Map<String, Instance> merged = new TreeMap<>();
		before.instances().forEach((instance) -> merged.put(instance.id(), instance));
		after.gone().forEach(merged::remove);
		after.instances().forEach((instance) -> merged.put(instance.id(), instance));
		return withInstances(after, List.copyOf(merged.values()));
	}

	private static ServiceSnapshot withInstances(ServiceSnapshot base, List<Instance> instances) {
		return new ServiceSnapshot(base.registry(), base.service(), base.revision(), false, List.of(), instances,
				base.rules());
	}

	private static ServiceSnapshot withRules(ServiceSnapshot base, List<JsonNode> rules) {
		return new ServiceSnapshot(base.registry(), base.service(), base.revision(), false, List.of(), base.instances(),
				rules);
	}

	/**
	 * Collects what a table begins with. Not thread-safe.
	 */
	public static final class Builder {

		private final List<Rule> defaults = new ArrayList<>();

		private final Map<String, List<Instance>> fixed = new TreeMap<>();

		private NanoClock clock = NanoClock.system();

		private String zone = "";

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
		 * Sets where this process runs, so that instances in the same zone come first.
		 * Without it zones do not matter.
		 * @param zone the name of the zone
		 * @return this builder
		 */
		public Builder zone(String zone) {
			this.zone = zone;
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
