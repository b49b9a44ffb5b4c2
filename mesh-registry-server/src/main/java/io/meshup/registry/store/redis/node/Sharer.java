package io.meshup.registry.store.redis.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.meshup.model.MeshJson;
import io.meshup.registry.store.SharedLease;
import io.meshup.registry.store.commit.Touches;
import io.meshup.registry.store.redis.connection.Parts;
import io.meshup.registry.store.redis.connection.Reach;
import io.meshup.registry.store.redis.connection.RedisFault;
import io.meshup.registry.store.redis.connection.RedisLine;
import io.meshup.registry.store.redis.connection.RedisScript;
import io.meshup.registry.store.redis.connection.RedisUnusableException;
import io.meshup.registry.store.redis.feed.SharedState;
import io.meshup.registry.store.redis.log.Change;
import io.meshup.registry.store.redis.log.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares what happens to this node's instances, on a thread of its own: all that waits
 * becomes one entry of the log. While Redis is away it is published here under
 * provisional revisions, and owed to the others.
 */
public final class Sharer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Sharer.class);

	private static final long PULSE_NANOS = 500_000_000;

	private static final long REST_MILLIS = 4;

	private final Parts parts;

	private final RedisLine line;

	private final SharedState state;

	private final Reach reach;

	private final NewsBoard news;

	private final NodeTable nodes;

	private final Touches touches;

	private final Touches owed = new Touches();

	private final Semaphore work;

	private final Thread thread = new Thread(this::run, "mesh-store-sharer");

	private volatile boolean closed;

	private long pulse;

	public Sharer(Parts parts, SharedState state, Reach reach, Outbox outbox, NodeTable nodes) {
		this.parts = parts.withOwnLine();
		this.line = this.parts.line();
		this.state = state;
		this.reach = reach;
		this.touches = outbox.touches();
		this.work = outbox.work();
		this.news = outbox.news();
		this.nodes = nodes;
		this.thread.setDaemon(true);
	}

	public void start() {
		this.pulse = System.nanoTime() - PULSE_NANOS;
		this.thread.start();
	}

	private void run() {
		while (!this.closed) {
			try {
				if (this.work.tryAcquire(100, TimeUnit.MILLISECONDS)) {
					this.work.drainPermits();
				}
				round();
			}
			catch (InterruptedException ex) {
				this.closed = true;
			}
			catch (RedisFault | RedisUnusableException ex) {
				logger.debug("Something could not be shared and is shared later", ex);
			}
			catch (RuntimeException | Error ex) {
				logger.error("The sharing of instances failed on one round and goes on", ex);
			}
		}
		sayGoodbye();
	}

	private void round() throws InterruptedException {
		Map<String, List<SharedLease>> fresh = this.touches.take();
		if (!this.reach.isConnected()) {
			keepToMyself(fresh);
			return;
		}
		giveSignOfLife();
		share(fresh);
	}

	// A Redis that refuses to keep rows, because it is full, still tells that this node
	// lives.
	private void giveSignOfLife() {
		if (!this.news.isWaiting() && System.nanoTime() - this.pulse < PULSE_NANOS) {
			return;
		}
		this.pulse = System.nanoTime();
		try {
			this.news.send(this.line, NewsBoard.ALIVE);
			this.nodes.look();
		}
		catch (RedisFault | RedisUnusableException ex) {
			logger.debug("The other nodes could not be told that this one lives", ex);
		}
	}

	private void keepToMyself(Map<String, List<SharedLease>> fresh) {
		if (!fresh.isEmpty()) {
			this.state.publishHere(fresh.keySet());
			this.owed.addAll(fresh);
		}
	}

	private void share(Map<String, List<SharedLease>> fresh) throws InterruptedException {
		this.owed.addAll(fresh);
		Map<String, List<SharedLease>> batch = this.owed.take();
		if (batch.isEmpty()) {
			return;
		}
		try {
			send(batch);
			Thread.sleep(REST_MILLIS);
		}
		catch (RedisFault | RedisUnusableException ex) {
			this.state.publishHere(fresh.keySet());
			this.owed.putBack(batch);
			throw ex;
		}
	}

	private void send(Map<String, List<SharedLease>> batch) throws InterruptedException {
		String id = this.parts.ids().get();
		CompletableFuture<Change> applied = this.state.expect(id);
		try {
			List<Object> reply = this.line.run(RedisScript.SHARE, this.parts.keys().forShare(), arguments(id, batch));
			if (!Wire.text(reply.get(0)).equals("ok")) {
				throw new RedisFault(RedisFault.Kind.AWAY, "Redis has lost its content", null);
			}
			applied.get(this.parts.properties().writeTimeout().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new RedisFault(RedisFault.Kind.UNKNOWN, "A change of instances did not come back in time", ex);
		}
		finally {
			this.state.forget(id);
		}
	}

	private List<byte[]> arguments(String id, Map<String, List<SharedLease>> batch) {
		Map<String, Long> distances = new LinkedHashMap<>();
		batch.keySet().forEach((service) -> distances.put(service, distances.size() + 1L));
		List<SharedLease> rows = batch.values().stream().flatMap(List::stream).toList();
		List<byte[]> arguments = new ArrayList<>(
				List.of(Wire.bytes(this.state.registry()), Wire.bytes(this.state.floor()), Wire.bytes(id),
						Wire.bytes(distances.size()), new Change.Content(distances, List.of(), rows).write()));
		rows.forEach((row) -> {
			arguments.add(Wire.bytes(row.key()));
			arguments.add(row.gone() ? new byte[0] : MeshJson.write(Wire.lease(row)));
			arguments.add(Wire.bytes(row.node() + " "));
			arguments.add(Wire.bytes(row.over()));
		});
		return arguments;
	}

	private void sayGoodbye() {
		try {
			if (this.reach.isConnected()) {
				this.news.send(this.line, NewsBoard.BYE);
			}
		}
		catch (RedisFault | RedisUnusableException ex) {
			logger.debug("The other nodes could not be told that this one ends", ex);
		}
		this.news.close();
		this.line.close();
	}

	@Override
	public void close() throws InterruptedException {
		this.closed = true;
		this.work.release();
		this.thread.join(5_000);
	}

	/**
	 * What waits to be shared.
	 *
	 * @param touches services and rows
	 * @param news news for the other nodes
	 * @param work counts up when something waits
	 */
	public record Outbox(Touches touches, NewsBoard news, Semaphore work) {
	}

}
