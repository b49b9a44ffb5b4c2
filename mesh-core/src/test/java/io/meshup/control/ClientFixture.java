package io.meshup.control;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.meshup.control.beat.BeatContent;
import io.meshup.control.link.RegistryListener;
import io.meshup.control.link.RegistryProblem;
import io.meshup.control.link.RegistryState;
import io.meshup.model.BreakerState;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.ServiceSnapshot;
import io.meshup.model.beat.EdgeTotals;
import io.meshup.model.beat.RejectedRule;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * A client as a participant would set it up, and what it was told.
 */
final class ClientFixture implements RegistryListener, AutoCloseable {

	static final EdgeTotals EDGE = new EdgeTotals(null, "catalog", "v1", 3, 1, 0, BreakerState.CLOSED, List.of(), "",
			0);

	final List<ServiceSnapshot> snapshots = new CopyOnWriteArrayList<>();

	final List<EdgeTotals> acknowledged = new CopyOnWriteArrayList<>();

	final List<RegistryProblem> problems = new CopyOnWriteArrayList<>();

	final List<String> events = new CopyOnWriteArrayList<>();

	volatile InstanceStatus status = InstanceStatus.STARTING;

	volatile String poison = "";

	final RegistryClientBuilder builder;

	final List<String> busy = new CopyOnWriteArrayList<>();

	private RegistryClient client;

	ClientFixture(URI... urls) {
		this.builder = RegistryClient.builder(List.of(urls))
			.service("orders")
			.token(() -> "join-me")
			.random(() -> 1L << 58) // a jitter of 31 ms
			.beat(this::content)
			.edgesAcknowledged(this.acknowledged::addAll)
			.snapshots(this::take)
			.listener(this);
	}

	RegistryClient client() {
		if (this.client == null) {
			this.client = this.builder.build();
		}
		return this.client;
	}

	RegistryState state() {
		return client().state();
	}

	static ConditionFactory await() {
		return Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(30));
	}

	@Override
	public void onConnected(RegistryState state) {
		this.events.add("connected");
		throw new IllegalStateException("a listener's bug");
	}

	@Override
	public void onDisconnected(RegistryState state) {
		this.events.add("disconnected");
	}

	@Override
	public void onJoined(RegistryState state) {
		this.events.add("joined");
	}

	@Override
	public void onProblem(RegistryProblem problem) {
		this.problems.add(problem);
	}

	@Override
	public void onRecovered(RegistryState state) {
		this.events.add("recovered");
	}

	@Override
	public void close() {
		client().close();
	}

	private void take(ServiceSnapshot snapshot) {
		if (snapshot.service().equals(this.poison)) {
			throw new IllegalStateException("poison");
		}
		this.snapshots.add(snapshot);
	}

	private BeatContent content() {
		Instance instance = new Instance("h-1", "127.0.0.1", 8080, "http", "v1", "default", null, 100, this.status,
				Map.of("team", "shop"));
		return new BeatContent(instance, List.copyOf(this.busy), List.of(new RejectedRule("Route/x", 41, "no")),
				List.of(EDGE), List.of());
	}

}
