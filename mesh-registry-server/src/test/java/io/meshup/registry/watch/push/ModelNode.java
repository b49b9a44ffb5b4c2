package io.meshup.registry.watch.push;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

import io.meshup.model.Instance;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.watch.content.Content;
import io.meshup.registry.watch.content.ContentSource;
import io.meshup.registry.watch.image.Frame;
import io.meshup.registry.watch.image.Images;
import io.meshup.registry.watch.stream.WatchRequest;
import io.meshup.registry.watch.stream.WatchStream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * A registry's push over content that a test makes, on one thread and a clock that stands
 * still.
 */
public final class ModelNode {

	private final Map<String, List<Instance>> instances = new HashMap<>();

	private final Map<String, Set<String>> gone = new HashMap<>();

	private final Source source = new Source();

	private final Push push;

	private final String name;

	private long revision;

	private long nanos;

	private boolean isPartial;

	/**
	 * Starts a node.
	 * @param name the registry's name
	 * @param firstRevision of this run
	 * @param isPartial whether instances may still come back
	 */
	public ModelNode(String name, long firstRevision, boolean isPartial) {
		this.name = name;
		this.revision = firstRevision;
		this.isPartial = isPartial;
		this.push = new Push(this.source, new Images(this.source, 3), new WatchMeters(new SimpleMeterRegistry()),
				() -> this.nanos);
	}

	public long revision() {
		return this.revision;
	}

	public Map<String, List<Instance>> instances() {
		return this.instances;
	}

	/**
	 * Shows another list of instances from the next revision on.
	 * @param service the service
	 * @param present its instances in the order of their ids
	 */
	public void change(String service, List<Instance> present) {
		List<Instance> before = this.instances.getOrDefault(service, List.of());
		Set<String> left = this.gone.computeIfAbsent(service, (key) -> new HashSet<>());
		before.forEach((instance) -> left.add(instance.id()));
		present.forEach((instance) -> left.remove(instance.id()));
		this.instances.put(service, List.copyOf(present));
		touch(service);
	}

	/**
	 * Follows a revision of another node.
	 * @param service the service
	 * @param present its instances
	 * @param at the revision
	 */
	public void follow(String service, List<Instance> present, long at) {
		this.instances.put(service, List.copyOf(present));
		this.revision = at;
		this.push.arrived(new ServiceChanged(service, at));
	}

	/**
	 * Changes while nobody listens yet.
	 * @param service the service
	 * @param present its instances
	 * @param at the revision
	 */
	public void changeUnheard(String service, List<Instance> present, long at) {
		this.instances.put(service, List.copyOf(present));
		this.revision = at;
	}

	/**
	 * Lets time pass.
	 * @param time how long
	 */
	public void pass(Duration time) {
		this.nanos += time.toNanos();
		tick();
	}

	/**
	 * Hears of changes from now on.
	 */
	public void begin() {
		this.push.begin();
	}

	public void take() {
		this.push.take();
	}

	/**
	 * Takes only what cannot wait, as in a storm, and lets time pass.
	 * @param time how long
	 */
	public void hold(Duration time) {
		this.push.takeUrgent();
		this.nanos += time.toNanos();
		this.push.tick();
	}

	public void tick() {
		this.push.tick();
		this.push.take();
		this.push.tick();
	}

	/**
	 * Everyone who wanted to come back is back.
	 */
	public void settle() {
		this.isPartial = false;
		tick();
	}

	public Connection connect(Map<String, String> query, String lastEventId) {
		WatchStream stream = this.push.stream(WatchRequest.parse(query, lastEventId, 1_000), () -> {
		});
		this.push.join(stream);
		return new Connection(stream);
	}

	private void touch(String service) {
		this.push.arrived(new ServiceChanged(service, ++this.revision));
	}

	/**
	 * One watcher's stream: events are asked for one by one.
	 */
	public final class Connection {

		private final WatchStream stream;

		private final Queue<byte[]> written = new ArrayDeque<>();

		private boolean isAsked;

		private Connection(WatchStream stream) {
			this.stream = stream;
		}

		/**
		 * The next event, when there is one.
		 * @return {@code null} while there is none
		 */
		public byte[] next() {
			if (!this.isAsked && this.written.isEmpty()) {
				this.isAsked = true;
				this.stream.next().subscribe((frame) -> {
					this.isAsked = false;
					this.written.addAll(events(frame));
				});
			}
			return this.written.poll();
		}

		public void end() {
			this.stream.end();
			ModelNode.this.push.leave(this.stream);
		}

		// What is shared by many watchers may be several events.
		private static List<byte[]> events(Frame frame) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			bytes.writeBytes(frame.head());
			bytes.writeBytes(frame.body());
			return Arrays.stream(bytes.toString(StandardCharsets.UTF_8).split("(?<=\n\n)"))
				.map((event) -> event.getBytes(StandardCharsets.UTF_8))
				.toList();
		}

	}

	private final class Source implements ContentSource {

		@Override
		public String registry() {
			return ModelNode.this.name;
		}

		@Override
		public long revision() {
			return ModelNode.this.revision;
		}

		@Override
		public void subscribe(Consumer<ServiceChanged> subscriber) {
			// The test calls the push itself.
		}

		@Override
		public void touch(String service) {
			ModelNode.this.touch(service);
		}

		@Override
		public void raise(long least) {
			ModelNode.this.revision = Math.max(ModelNode.this.revision, least);
		}

		@Override
		public boolean isPartial() {
			return ModelNode.this.isPartial;
		}

		@Override
		public SortedSet<String> services() {
			SortedSet<String> services = new TreeSet<>(ModelNode.this.instances.keySet());
			services.removeIf((service) -> ModelNode.this.instances.getOrDefault(service, List.of()).isEmpty());
			return services;
		}

		@Override
		public SortedSet<String> stickyKeys() {
			return new TreeSet<>();
		}

		@Override
		public Content content(String service) {
			Set<String> left = ModelNode.this.isPartial ? ModelNode.this.gone.getOrDefault(service, Set.of())
					: Set.of();
			return new Content(ModelNode.this.isPartial, new TreeSet<>(left),
					ModelNode.this.instances.getOrDefault(service, List.of()), List.of());
		}

	}

}
