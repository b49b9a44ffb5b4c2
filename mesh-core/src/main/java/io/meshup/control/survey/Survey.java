package io.meshup.control.survey;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.meshup.control.event.EventStream;
import io.meshup.control.event.LargeServices;
import io.meshup.control.event.SseParser;
import io.meshup.control.link.BoundedBody;
import io.meshup.control.link.Link;
import io.meshup.control.link.Resume;
import io.meshup.control.link.Timing;
import io.meshup.control.watch.WatchedServices;
import io.meshup.model.ServiceName;
import io.meshup.model.ServiceSnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Looks at all services about once a minute, and soon when there is a new one, as a
 * reader whom nobody waits for: so a service that was never called here is known when the
 * registry is away. Only what changed since the last look comes. Where the mesh is large,
 * or has become so, it keeps what it saw: an old address is refused, none at all is
 * worse. Thread-safe.
 */
public final class Survey {

	/** In a mesh of more services nobody looks at them all. */
	static final int MOST_SERVICES = 1_000;

	/** Some 1,500 instances. */
	static final int MOST_BYTES = 256 * 1024;

	private static final Duration LIMIT = Duration.ofSeconds(5);

	/** A registry that has no time is not asked each second. */
	private static final Duration AFTER_FAILURE = Duration.ofSeconds(15);

	private static final Logger logger = LoggerFactory.getLogger(Survey.class);

	private final Timing timing;

	private final HttpClient http;

	private final Link link;

	private final WatchedServices watched;

	private final Spares spares;

	private final Runnable onChange;

	private volatile Set<String> seen = Set.of();

	private volatile Duration pause = Duration.ZERO;

	private volatile boolean isPatient;

	private volatile boolean closed;

	private volatile @Nullable Future<?> running;

	private long lookedAt;

	/**
	 * Makes a survey that has not begun.
	 * @param timing the clock
	 * @param http opens the connections
	 * @param link the registry
	 * @param view what is watched, where what is seen is kept, who is told of it
	 */
	public Survey(Timing timing, HttpClient http, Link link, View view) {
		this.timing = timing;
		this.http = http;
		this.link = link;
		this.watched = view.watched();
		this.spares = view.spares();
		this.onChange = view.onChange();
		this.lookedAt = timing.now();
	}

	/**
	 * Begins, and goes on until it is closed or everything is watched anyway.
	 */
	public void start() {
		if (!this.closed) {
			var unused = this.timing.after(this.timing.jittered(Duration.ofSeconds(1)), this::tick);
		}
	}

	/**
	 * Ends it, also a look under way.
	 */
	public void close() {
		this.closed = true;
		Future<?> sent = this.running;
		if (sent != null) {
			sent.cancel(true);
		}
	}

	private void tick() {
		if (this.watched.isAll()) {
			this.spares.drop();
			return;
		}
		Set<String> names = this.watched.names();
		if (this.closed || names == null || !this.link.health().isConnected() || !isDue(names)) {
			start();
			return;
		}
		if (names.size() > MOST_SERVICES) {
			start();
			return;
		}
		look(names);
	}

	private boolean isDue(Set<String> names) {
		boolean isNew = !this.isPatient && !this.seen.containsAll(names);
		return isNew || this.timing.since(this.lookedAt).compareTo(this.pause) >= 0;
	}

	private void look(Set<String> names) {
		this.lookedAt = this.timing.now();
		this.pause = this.timing.jittered(Duration.ofMinutes(1));
		this.isPatient = false;
		Look look = new Look(this.spares.after() < 0);
		CompletableFuture<HttpResponse<byte[]>> answer;
		try {
			answer = ask(look);
		}
		catch (RuntimeException ex) {
			answer = CompletableFuture.failedFuture(ex);
		}
		CompletableFuture<HttpResponse<byte[]>> sent = answer;
		this.running = sent;
		Future<?> limit = this.timing.after(LIMIT, () -> sent.cancel(true));
		CompletableFuture<?> unused = sent.handleAsync((response, failure) -> {
			limit.cancel(false);
			ended(look, names, failure);
			start();
			return null;
		}, this.timing.scheduler());
	}

	private void ended(Look look, Set<String> names, @Nullable Throwable failure) {
		if (look.isWhole) {
			this.seen = names;
			if (look.isNews) {
				this.onChange.run();
			}
			return;
		}
		logger.debug("What is not watched could not be looked at: {}", String.valueOf(failure));
		if (!this.isPatient) {
			this.isPatient = true;
			this.pause = this.timing.jittered(AFTER_FAILURE);
		}
	}

	private CompletableFuture<HttpResponse<byte[]>> ask(Look look) {
		URI registry = this.link.urls().current();
		Resume all = new Resume(this.spares.after(), 0, List.of(ServiceName.MESH_WIDE), List.of(),
				this.spares.registry());
		return this.http.sendAsync(this.link.requests().watch(registry, null, all),
				(info) -> EventStream.isOne(info) ? new EventStream(() -> {
				}, look::take) : new BoundedBody());
	}

	/**
	 * What a survey knows and tells.
	 *
	 * @param watched the names, and whether all are watched anyway
	 * @param spares where what is seen is kept
	 * @param onChange told when it has looked
	 */
	public record View(WatchedServices watched, Spares spares, Runnable onChange) {
	}

	private final class Look {

		private final boolean asksForAll;

		private final LargeServices large = new LargeServices();

		private final Set<String> named = new HashSet<>();

		private int size;

		private volatile boolean isNews;

		private volatile boolean isWhole;

		Look(boolean asksForAll) {
			this.asksForAll = asksForAll;
		}

		private boolean take(SseParser.Event event) {
			this.size += event.data().length;
			if (this.size > MOST_BYTES) {
				Survey.this.pause = Duration.ofMinutes(10);
				Survey.this.isPatient = true;
				return false;
			}
			try {
				return switch (event.type()) {
					case "service" -> take(this.large.whole(event.data()));
					case "delta" -> take(this.large.changed(event.data()));
					case "sync" -> end(event.tree());
					default -> true;
				};
			}
			catch (IllegalArgumentException ex) {
				logger.debug("What is not watched could not be read", ex);
				Survey.this.spares.drop();
				return false;
			}
		}

		private boolean take(ServiceSnapshot snapshot) {
			this.named.add(snapshot.service());
			this.isNews = true;
			return Survey.this.spares.take(snapshot);
		}

		private boolean end(JsonNode sync) {
			boolean isSure = this.asksForAll && !sync.path("partial").asBoolean(false);
			Survey.this.spares.synced(sync.path("revision").asLong(-1), isSure ? this.named : null);
			this.isWhole = true;
			return false;
		}

	}

}
