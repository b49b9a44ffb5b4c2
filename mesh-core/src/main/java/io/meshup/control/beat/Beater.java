package io.meshup.control.beat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.meshup.control.link.BoundedBody;
import io.meshup.control.link.Health;
import io.meshup.control.link.Link;
import io.meshup.control.link.RegistryProblem;
import io.meshup.control.link.Timing;
import io.meshup.control.pulse.Moves;
import io.meshup.model.Instance;
import io.meshup.model.InstanceStatus;
import io.meshup.model.MeshJson;
import io.meshup.model.beat.Beat;
import io.meshup.model.beat.EdgeTotals;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers and renews: one PUT per interval that the registry grants, never two at a
 * time. A beat that got no answer is repeated once at once, because the JDK's client does
 * not repeat a PUT on a kept-alive connection that the other side has closed.
 */
public final class Beater {

	static final Duration FIRST_INTERVAL = Duration.ofSeconds(1);

	private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

	/** A registry that answers no beat for so long may answer none any more. */
	private static final Duration OVERDUE = Duration.ofMillis(1_500);

	private static final int SERVER_ERROR = 500;

	private static final Logger logger = LoggerFactory.getLogger(Beater.class);

	private final Object lock = new Object();

	private final Timing timing;

	private final Executor workers;

	private final HttpClient http;

	private final Link link;

	private final Content content;

	private boolean on;

	private boolean again;

	private @Nullable CompletableFuture<Void> underWay;

	private @Nullable Future<?> timer;

	private volatile @Nullable CompletableFuture<?> awaited;

	private @Nullable String sentId;

	private final Haste haste = new Haste();

	private final Moves moves;

	private volatile Duration interval = FIRST_INTERVAL;

	private final DrainWait drain;

	public Beater(Timing timing, Executor workers, HttpClient http, Link link, Content content) {
		this.timing = timing;
		this.workers = workers;
		this.http = http;
		this.link = link;
		this.content = content;
		this.moves = Moves.ofSentAway(timing);
		this.drain = new DrainWait(timing, this::beatNow);
	}

	public void start() {
		synchronized (this.lock) {
			this.on = true;
		}
		beatNow();
	}

	/**
	 * Beats at once, or once more as soon as the beat under way has ended.
	 */
	public void beatNow() {
		synchronized (this.lock) {
			if (!this.on) {
				return;
			}
			if (this.underWay != null) {
				this.again = true;
				return;
			}
			if (this.timer != null) {
				this.timer.cancel(false);
			}
			this.again = false;
			this.underWay = new CompletableFuture<>();
		}
		this.workers.execute(this::beat);
	}

	/**
	 * Beats until every caller has confirmed that this instance is draining, which its
	 * content must say by now.
	 * @param limit how long to wait for them
	 * @return how it ended
	 */
	public DrainReport drain(Duration limit) {
		return this.drain.await(limit);
	}

	/**
	 * The id that the registry may know and must be told of when this instance leaves.
	 * @return the id of the last beat that was sent, {@code null} when none was sent
	 * since this was asked
	 */
	public @Nullable String forgetId() {
		synchronized (this.lock) {
			String known = this.sentId;
			this.sentId = null;
			return known;
		}
	}

	/**
	 * Ends the beats.
	 * @return completes when none is under way any more
	 */
	public CompletableFuture<Void> stop() {
		synchronized (this.lock) {
			this.on = false;
			this.again = false;
			if (this.timer != null) {
				this.timer.cancel(false);
			}
			return (this.underWay != null) ? this.underWay : CompletableFuture.completedFuture(null);
		}
	}

	/**
	 * How often it beats at present.
	 * @return as the registry granted it
	 */
	public Duration interval() {
		return this.interval;
	}

	private void beat() {
		long sentAt = this.timing.now();
		try {
			// The revision first: what is busy must be counted after it was in force.
			long applied = this.content.applied().getAsLong();
			BeatContent said = this.content.supplier().get();
			byte[] body = MeshJson.write(beat(said, applied));
			synchronized (this.lock) {
				this.sentId = said.instance().id();
			}
			URI registry = this.link.beatUrl();
			HttpRequest request = this.link.requests().beat(registry, said.instance().id(), body);
			Attempt attempt = new Attempt(registry, request, said, sentAt);
			CompletableFuture<?> unused = send(attempt).exceptionallyCompose((first) -> repeat(attempt, first))
				.handleAsync((answer, failure) -> conclude(attempt, answer, failure), this.workers);
		}
		catch (RuntimeException ex) {
			this.link.health()
				.failed(Health.Channel.BEAT, new RegistryProblem(RegistryProblem.Kind.INTERNAL, -1,
						"The beat could not be made (" + ex + ")."));
			this.drain.failed();
			ended(sentAt);
		}
	}

	private Beat beat(BeatContent said, long applied) {
		Instance instance = said.instance();
		return new Beat(this.link.requests().incarnation(), instance.host(), instance.port(), instance.scheme(),
				instance.version(), instance.zone(), instance.lane(), instance.weight(), instance.status(),
				instance.metadata(), applied, said.busy(), said.rejected(), said.edges(), said.demand());
	}

	private CompletableFuture<HttpResponse<byte[]>> send(Attempt attempt) {
		CompletableFuture<HttpResponse<byte[]>> answer = this.http.sendAsync(attempt.request(),
				(info) -> new BoundedBody());
		Future<?> limit = this.timing.after(ANSWER_LIMIT, () -> answer.cancel(true));
		Future<?> doubt = this.timing.after(OVERDUE, () -> doubt(attempt.registry(), answer));
		this.awaited = answer;
		return answer.whenComplete((response, failure) -> {
			limit.cancel(false);
			doubt.cancel(false);
			if (response != null) {
				this.link.urls().heard(attempt.registry());
			}
		});
	}

	/**
	 * The next beat goes elsewhere, and does not wait for the end of the one under way.
	 */
	public void moveOn() {
		CompletableFuture<?> answer = this.awaited;
		beatNow();
		if (answer != null) {
			answer.cancel(true);
		}
	}

	// It may be heard otherwise and yet take no beats. Where the next one answers first,
	// it is the better one; where all are slow, none does.
	private void doubt(URI registry, CompletableFuture<HttpResponse<byte[]>> awaited) {
		URI next = this.link.urls().after(registry);
		if (next.equals(registry)) {
			return;
		}
		CompletableFuture<HttpResponse<byte[]>> sign = this.http.sendAsync(this.link.requests().health(next),
				(info) -> new BoundedBody());
		CompletableFuture<?> unused = sign.handleAsync((answer, failure) -> {
			boolean isAlive = answer != null && answer.statusCode() < SERVER_ERROR;
			if (isAlive && !awaited.isDone() && sentAway(registry)) {
				awaited.cancel(true);
			}
			return null;
		}, this.timing.scheduler());
	}

	private CompletableFuture<HttpResponse<byte[]>> repeat(Attempt attempt, Throwable first) {
		if (!attempt.registry().equals(this.link.beatUrl())) {
			return CompletableFuture.failedFuture(first);
		}
		logger.debug("A beat got no answer and is repeated: {}", first.toString());
		return send(attempt);
	}

	private @Nullable Void conclude(Attempt attempt, @Nullable HttpResponse<byte[]> answer,
			@Nullable Throwable failure) {
		try {
			if (answer != null) {
				answered(attempt, answer);
			}
			else if (failure != null) {
				this.link.unreachable(Health.Channel.BEAT, attempt.registry(), failure);
				this.drain.failed();
			}
		}
		finally {
			ended(attempt.sentAt());
		}
		return null;
	}

	private void answered(Attempt attempt, HttpResponse<byte[]> response) {
		int status = response.statusCode();
		if (status < 200 || status > 299) {
			this.link.refused(Health.Channel.BEAT, attempt.registry(), response);
			this.drain.failed();
			return;
		}
		Grant grant = Grant.read(response.body(), this.interval);
		this.interval = grant.beat();
		this.haste.told(attempt.said().busy());
		if (isOn()) {
			this.link.beaten(attempt.said().instance().id(), grant.revision());
		}
		if (attempt.said().instance().status() == InstanceStatus.DRAINING) {
			this.drain.answered(grant.drain(), grant.beat());
		}
		if (!grant.elsewhere()) {
			this.moves.settled();
		}
		else if (sentAway(attempt.registry())) {
			logger.debug("The registry at {} sends its clients to another one", attempt.registry());
		}
		List<EdgeTotals> edges = attempt.said().edges();
		if (!edges.isEmpty()) {
			acknowledge(edges);
		}
		share(grant.shares());
	}

	// Goes to the next registry, but not round and round where all send away.
	private boolean sentAway(URI registry) {
		if (!registry.equals(this.link.beatUrl()) || !this.moves.mayMove()) {
			return false;
		}
		this.link.moveOn(registry);
		return true;
	}

	private boolean isOn() {
		synchronized (this.lock) {
			return this.on;
		}
	}

	private void acknowledge(List<EdgeTotals> edges) {
		try {
			this.content.acknowledged().accept(edges);
		}
		catch (RuntimeException ex) {
			logger.warn("The edges of a beat could not be marked as sent; they are sent again", ex);
		}
	}

	private void share(Map<String, Double> shares) {
		try {
			this.content.shares().accept(shares);
		}
		catch (RuntimeException ex) {
			logger.warn("The shares of mesh-wide limits could not be used; the next beat brings new ones", ex);
		}
	}

	private void ended(long sentAt) {
		boolean now;
		CompletableFuture<Void> done;
		synchronized (this.lock) {
			done = this.underWay;
			this.underWay = null;
			now = this.again;
			if (this.on && !now) {
				this.timer = this.timing.after(this.haste.next(this.interval).minus(this.timing.since(sentAt)),
						this::beatNow);
			}
		}
		if (done != null) {
			done.complete(null);
		}
		if (now) {
			beatNow();
		}
	}

	/**
	 * Where a beat's content comes from and who is told that it arrived.
	 *
	 * @param supplier what this process says of itself
	 * @param applied the revision up to which all is in force
	 * @param acknowledged told the edges of each beat that was taken
	 * @param shares told the shares that each answer brings
	 */
	public record Content(Supplier<BeatContent> supplier, LongSupplier applied, Consumer<List<EdgeTotals>> acknowledged,
			Consumer<Map<String, Double>> shares) {
	}

	private record Attempt(URI registry, HttpRequest request, BeatContent said, long sentAt) {
	}

}
