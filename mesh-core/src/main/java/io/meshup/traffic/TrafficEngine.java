package io.meshup.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.meshup.limit.AdaptiveLimit;
import io.meshup.traffic.door.Doors;
import io.meshup.traffic.door.InboundGate;
import io.meshup.traffic.door.RateLimits;
import io.meshup.traffic.event.Listeners;
import io.meshup.traffic.event.TrafficListener;
import io.meshup.traffic.explain.ExplainMode;
import io.meshup.traffic.request.LanedTraces;
import io.meshup.traffic.request.Lanes;
import io.meshup.traffic.request.RequestView;
import io.meshup.traffic.step.Refusals;
import io.meshup.traffic.step.Step;
import io.meshup.traffic.table.EdgeLedger;
import io.meshup.traffic.table.FirstCalls;
import io.meshup.traffic.table.Interest;
import io.meshup.traffic.table.NanoClock;
import io.meshup.traffic.table.ServiceTable;
import org.jspecify.annotations.Nullable;

/**
 * Decides where each call of this process goes. Does no I/O: it never sleeps, blocks or
 * sends; adapters carry out its steps. Thread-safe.
 */
public final class TrafficEngine {

	private final NanoClock clock;

	private final Supplier<RandomGenerator> random;

	private final ServiceTable table;

	private final Listeners listeners;

	private final Interest interest;

	private final FirstCalls firstCalls;

	private final LanedTraces lanedTraces = new LanedTraces();

	private final String source;

	private final Doors doors;

	private final ExplainMode explained;

	private TrafficEngine(Builder builder) {
		this.source = builder.source;
		this.explained = builder.explained;
		this.clock = builder.clock;
		this.random = builder.random;
		this.table = (builder.table != null) ? builder.table : ServiceTable.builder().clock(builder.clock).build();
		this.interest = builder.interest;
		this.firstCalls = new FirstCalls(this.table, builder.interest);
		this.listeners = new Listeners(builder.listeners);
		this.table.changes().listen(this.listeners);
		this.doors = new Doors(builder.source, this.table, this.listeners, this.lanedTraces, builder.clock);
	}

	/**
	 * Starts an engine.
	 * @param source the name of this process's own service
	 * @return a builder with the machine's clock and randomness
	 */
	public static Builder builder(String source) {
		return new Builder(source);
	}

	/**
	 * Begins a call whose host is meant for the mesh.
	 * @param service the service to call
	 * @param request the request
	 * @return the call; it answers 503 when no such service is known
	 */
	public OutboundCall open(String service, RequestView request) {
		return call(service, request, false);
	}

	/**
	 * Begins a call whose host may be a service or any other host.
	 * @param host the host of the request's URI
	 * @param request the request
	 * @return the call; its step is {@link Step.Bypass} when no such service is known
	 */
	public OutboundCall openIfKnown(String host, RequestView request) {
		return call(host, request, true);
	}

	private OutboundCall call(String service, RequestView request, boolean bypassable) {
		return this.explained.isAsked(request) ? new ExplainedCall(this, service, request, bypassable)
				: new OutboundCall(this, service, request, bypassable);
	}

	/**
	 * Whose calls are explained.
	 * @return nobody's by default
	 */
	public ExplainMode explained() {
		return this.explained;
	}

	/**
	 * A quick test before {@link #openIfKnown}.
	 * @param host the host of a URI
	 * @return {@code false} when it surely names no service of the mesh
	 */
	public boolean mayBeService(@Nullable String host) {
		return host != null && host.indexOf('.') < 0 && this.firstCalls.mayBeService(host, now());
	}

	/**
	 * The door of this process's own service.
	 * @param version this process's version
	 * @return a gate that counts into {@link #edges()}
	 */
	public InboundGate inbound(String version) {
		return inbound(version, () -> "");
	}

	/**
	 * The door of this process's own service, which knows its own address.
	 * @param version this process's version
	 * @param address host and port as callers know this process, so that requests for a
	 * service that was there before are refused; empty while unknown
	 * @return a gate that counts into {@link #edges()}
	 */
	public InboundGate inbound(String version, Supplier<String> address) {
		return this.doors.open(version, address, null);
	}

	/**
	 * The door of this process's own service, which lets in no more than it can work on.
	 * @param version this process's version
	 * @param address host and port as callers know this process; empty while unknown
	 * @param least the least limit of requests in work, at least 1
	 * @param most the largest limit
	 * @return a gate that counts into {@link #edges()}
	 */
	public InboundGate inbound(String version, Supplier<String> address, int least, int most) {
		return this.doors.open(version, address, new AdaptiveLimit(least, most, now()));
	}

	/**
	 * The rate limits of this process's own service.
	 * @return what beats ask shares of mesh-wide limits for
	 */
	public RateLimits rateLimits() {
		return this.doors.rateLimits();
	}

	/**
	 * The services as this process calls them.
	 * @return the table that snapshots are applied to
	 */
	public ServiceTable services() {
		return this.table;
	}

	/**
	 * What was counted.
	 * @return the ledger that beats are made from
	 */
	public EdgeLedger edges() {
		return this.table.edges();
	}

	/**
	 * All services of the mesh, also those of which only the name is known here.
	 * @return their names in order
	 */
	public Set<String> names() {
		Set<String> names = new TreeSet<>(this.table.services());
		names.addAll(this.interest.names());
		return names;
	}

	/**
	 * How long to wait before looking at a service again, of which nothing has come yet
	 * though it may be there; asks for it and counts as a use.
	 * @param service its name
	 * @return zero when there is nothing to wait for, which is so after 10 s at the
	 * latest, after 2 s where no registry is there
	 */
	public Duration patience(String service) {
		long now = now();
		this.table.view(service).used(now);
		return patience(service, now);
	}

	/**
	 * For somebody who cannot wait though there is something to wait for: what was last
	 * seen of the service is in force from now on, until its snapshot comes.
	 * @param service its name
	 */
	public void hurry(String service) {
		this.interest.lend(service);
	}

	/**
	 * Of some services those that were not called for a while, and to which no rule of
	 * the others leads.
	 * @param services services that are watched
	 * @param idle how long they must not have been called
	 * @return what need not be watched any more
	 */
	public Set<String> unused(Collection<String> services, Duration idle) {
		long now = now();
		Set<String> unused = new TreeSet<>(services);
		unused.removeIf((service) -> !this.table.view(service).isUnused(now, idle));
		Set<String> needed = new TreeSet<>(this.table.services());
		needed.removeAll(unused);
		needed.forEach((service) -> unused.removeAll(this.table.view(service).references()));
		return unused;
	}

	/**
	 * A service is no longer watched: what is known of it grows old, and the next call
	 * asks for it again.
	 * @param service its name
	 */
	public void forget(String service) {
		this.table.forget(service);
		this.firstCalls.forget(service);
	}

	// How long a call may go on waiting for the first snapshots that it needs.
	Duration patience(String service, long now) {
		return this.firstCalls.patience(service, now);
	}

	// Whether a name that nothing is known of may be that of another host.
	boolean isForeign(String service) {
		return this.firstCalls.isForeign(service);
	}

	// What a call for a service hears of which nothing is known.
	Step.Reply unknown(String service) {
		return (this.interest.exists(service) && !this.table.isTold(service)) ? Refusals.untold(service)
				: Refusals.unknown(service);
	}

	// Whether a call carries no lane though its trace came in one.
	boolean hasLost(RequestView request, long now) {
		return !this.lanedTraces.isEmpty() && request.context().lane().isEmpty()
				&& this.lanedTraces.contains(request.header(LanedTraces.HEADER), now)
				&& request.header(Lanes.HEADER) == null && Lanes.of(request).isEmpty();
	}

	String source() {
		return this.source;
	}

	long now() {
		return this.clock.nanoTime();
	}

	Listeners listeners() {
		return this.listeners;
	}

	RandomGenerator random() {
		return this.random.get();
	}

	/**
	 * Collects what an engine needs. Not thread-safe.
	 */
	public static final class Builder {

		private final String source;

		private final List<TrafficListener> listeners = new ArrayList<>();

		private NanoClock clock = NanoClock.system();

		private Supplier<RandomGenerator> random = ThreadLocalRandom::current;

		private @Nullable ServiceTable table;

		private Interest interest = Interest.ALL;

		private ExplainMode explained = ExplainMode.NEVER;

		private Builder(String source) {
			this.source = source;
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
		 * Sets the randomness; default {@link ThreadLocalRandom}.
		 * @param random asked for a generator at each use, on the using thread
		 * @return this builder
		 */
		public Builder random(Supplier<RandomGenerator> random) {
			this.random = random;
			return this;
		}

		/**
		 * Adds a listener.
		 * @param listener hears of attempts, calls and changes
		 * @return this builder
		 */
		public Builder listener(TrafficListener listener) {
			this.listeners.add(listener);
			return this;
		}

		/**
		 * Sets the table; default an empty one on the same clock.
		 * @param table the table
		 * @return this builder
		 */
		public Builder table(ServiceTable table) {
			this.table = table;
			return this;
		}

		/**
		 * Sets whose calls are explained when they ask for it; default nobody's.
		 * @param explained the mode
		 * @return this builder
		 */
		public Builder explained(ExplainMode explained) {
			this.explained = explained;
			return this;
		}

		/**
		 * Sets which services come by themselves; default all.
		 * @param interest the interest
		 * @return this builder
		 */
		public Builder interest(Interest interest) {
			this.interest = interest;
			return this;
		}

		/**
		 * Makes the engine.
		 * @return a new engine
		 */
		public TrafficEngine build() {
			return new TrafficEngine(this);
		}

	}

}
