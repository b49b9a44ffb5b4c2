package io.meshup.registry.store.redis.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import io.meshup.registry.store.redis.connection.Parts;
import io.meshup.registry.store.redis.connection.Reach;
import io.meshup.registry.store.redis.connection.RedisFault;
import io.meshup.registry.store.redis.connection.RedisKeys;
import io.meshup.registry.store.redis.connection.RedisLine;
import io.meshup.registry.store.redis.connection.RedisScript;
import io.meshup.registry.store.redis.connection.RedisServer;
import io.meshup.registry.store.redis.connection.RedisUnusableException;
import io.meshup.registry.store.redis.log.Change;
import io.meshup.registry.store.redis.log.CommitCall;
import io.meshup.registry.store.redis.log.Snapshot;
import io.meshup.registry.store.redis.log.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log of changes on a connection and a thread of its own. Each entry names
 * the one before, and once a second the end of the log is compared, so that nothing lost
 * stays lost: on a gap everything is loaded anew, and what Redis has lost is written
 * back.
 */
public final class Feed implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Feed.class);

	private static final long BLOCK_MILLIS = 250;

	private static final long LOOK_NANOS = 1_000_000_000;

	private static final long PAUSE_MILLIS = 200;

	private static final long OTHERS_NANOS = 2_000_000_000;

	private static final long OTHERS_LOOK_MILLIS = 50;

	private static final Duration FRESH = Duration.ofSeconds(5);

	private static final int PAGE = 50;

	private static final int MAX_ROUNDS = 20;

	private static final Duration LOAD_PATIENCE = Duration.ofSeconds(5);

	private final RedisServer server;

	private final RedisLine line;

	private final RedisKeys keys;

	private final SharedState state;

	private final Recovery recovery;

	private final Supplier<String> ids;

	private final Reach reach;

	private final Listener listener;

	private final List<LedgerRow> overruled = new ArrayList<>();

	private final Duration patience;

	private final Thread thread = new Thread(this::run, "mesh-store-feed");

	private volatile boolean closed;

	private long looked;

	public Feed(Parts parts, SharedState state, Recovery recovery, Reach reach, Listener listener) {
		this.server = parts.server();
		this.line = parts.line();
		this.keys = parts.keys();
		this.ids = parts.ids();
		this.patience = parts.properties().commandTimeout();
		this.state = state;
		this.recovery = recovery;
		this.reach = reach;
		this.listener = listener;
		this.thread.setDaemon(true);
	}

	/**
	 * Loads what is there, or makes a new registry, and takes this node's first revision.
	 * @return the first revision
	 */
	public long begin() {
		warn(this.server.check(this.line));
		awaitOthers();
		Snapshot found = complete();
		this.state.begin(found);
		long base = take(0);
		for (int round = 0; round < MAX_ROUNDS && this.state.revision() <= base; round++) {
			catchUp();
		}
		return base + 1;
	}

	// Where Redis was emptied, nodes that knew it write back what they know. A new
	// registry
	// made before that would show an empty mesh to whoever comes here.
	private void awaitOthers() {
		long end = System.nanoTime() + OTHERS_NANOS;
		while (this.line.call((commands) -> commands.get(this.keys.registry())) == null && mayBeOthers()
				&& System.nanoTime() < end && !this.closed) {
			rest(OTHERS_LOOK_MILLIS);
		}
	}

	// A message that says nothing is received by every node.
	private boolean mayBeOthers() {
		return this.server.uptime(this.line).compareTo(FRESH) < 0
				|| this.line.call((commands) -> commands.publish(this.keys.channel(), new byte[0])) > 0;
	}

	// Takes a revision above all that were used, here or there.
	private long take(long least) {
		List<Object> reply = this.line.run(RedisScript.SHARE, this.keys.forShare(),
				List.of(Wire.bytes(this.state.registry()), Wire.bytes(least), Wire.bytes(this.ids.get()), Wire.bytes(1),
						new Change.Content(Map.of(), List.of(), List.of()).write()));
		if (!Wire.text(reply.get(0)).equals("ok")) {
			throw new RedisFault(RedisFault.Kind.AWAY, "Redis lost its content while this node joined", null);
		}
		return revision(reply);
	}

	private static long revision(List<Object> reply) {
		return Long.parseLong(Wire.text(reply.get(1)));
	}

	public void start() {
		this.looked = System.nanoTime();
		this.reach.connected();
		this.thread.start();
	}

	private void run() {
		while (!this.closed) {
			try {
				if (!this.reach.isConnected()) {
					reconnect();
				}
				follow();
				report();
			}
			catch (RedisUnusableException ex) {
				lost(ex.getMessage() + " " + ex.action(), ex);
			}
			catch (RuntimeException | Error ex) {
				lost(String.valueOf(ex.getMessage()), ex);
			}
		}
		this.line.close();
	}

	private void reconnect() {
		warn(this.server.check(this.line));
		reload();
		take(this.state.revision());
		this.reach.connected();
	}

	private void lost(String reason, Throwable failure) {
		if (this.closed) {
			return;
		}
		this.line.close();
		this.reach.lost(reason, failure);
		rest(PAUSE_MILLIS);
	}

	private void rest(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.closed = true;
		}
	}

	@SuppressWarnings("unchecked")
	private void follow() {
		List<StreamMessage<String, byte[]>> entries = this.line.call(
				(commands) -> commands.xread(XReadArgs.Builder.block(BLOCK_MILLIS).count(PAGE),
						XReadArgs.StreamOffset.from(this.keys.changes(), this.state.position())),
				this.patience.plusMillis(BLOCK_MILLIS));
		for (StreamMessage<String, byte[]> entry : entries) {
			if (!isNext(entry.getId(), entry.getBody())) {
				logger.info("The log of changes has a gap before {}: everything is loaded anew", entry.getId());
				loadAnew();
				return;
			}
		}
		if (System.nanoTime() - this.looked > LOOK_NANOS) {
			this.looked = System.nanoTime();
			if (!catchUp()) {
				logger.info("The log of changes ends elsewhere than expected: everything is loaded anew");
				loadAnew();
			}
		}
	}

	// What cannot be read would be met again each time, so it is left behind by loading
	// what came of it.
	private boolean isNext(String position, Map<String, byte[]> entry) {
		try {
			return this.state.apply(Change.read(position, entry));
		}
		catch (RuntimeException ex) {
			logger.error("Entry {} of the log of changes cannot be read and is passed over; another version of the "
					+ "registry, or somebody else, has written it", position, ex);
			return false;
		}
	}

	/**
	 * Applies what has come since, and compares.
	 * @return whether this node knows everything now
	 */
	private boolean catchUp() {
		List<Object> reply = this.line.run(RedisScript.NEWS, this.keys.forNews(),
				List.of(Wire.bytes(this.state.position()), Wire.bytes(PAGE)), LOAD_PATIENCE);
		for (Object entry : (List<?>) reply.get(2)) {
			List<?> parts = (List<?>) entry;
			if (!isNext(Wire.text(parts.get(0)), Wire.fields(parts.get(1)))) {
				return false;
			}
		}
		boolean isMore = ((List<?>) reply.get(2)).size() == PAGE;
		return Wire.text(reply.get(0)).equals(this.state.registry())
				&& (isMore || Wire.text(reply.get(1)).equals(this.state.last()));
	}

	/**
	 * After a short absence the log still has everything; else all of it is loaded.
	 */
	private void reload() {
		if (!isCaughtUp()) {
			loadAnew();
		}
	}

	// A log of which not even a page comes in time must not keep a node from loading.
	private boolean isCaughtUp() {
		try {
			return catchUp();
		}
		catch (RedisFault ex) {
			if (ex.kind() == RedisFault.Kind.AWAY) {
				throw ex;
			}
			logger.info("What was missed cannot be told one by one, so everything is loaded anew: {}", ex.getMessage());
			return false;
		}
	}

	private void loadAnew() {
		Snapshot found = complete();
		this.overruled.addAll(this.state.adopt(found));
		if (found.revision() < this.state.revision()) {
			take(this.state.revision());
		}
		this.listener.reloaded();
	}

	private void report() {
		this.overruled.forEach(this.listener::overruled);
		this.overruled.clear();
	}

	// Loads everything, after what only this node knows was written back.
	private Snapshot complete() {
		for (int round = 0; round < MAX_ROUNDS; round++) {
			Snapshot found = Snapshot
				.read(this.line.run(RedisScript.STATE, this.keys.forState(), List.of(), LOAD_PATIENCE));
			Optional<CommitCall> plan = this.recovery.plan(found, this.ids.get());
			if (plan.isEmpty()) {
				return found;
			}
			this.line.run(RedisScript.COMMIT, this.keys.forCommit(), plan.get().arguments(), LOAD_PATIENCE);
		}
		throw new RedisFault(RedisFault.Kind.AWAY, "Other nodes change the store too quickly to join in", null);
	}

	private static void warn(String finding) {
		if (!finding.isEmpty()) {
			logger
				.warn("{}: a change that was acknowledged may be lost with its memory. Every node keeps the rules and "
						+ "writes them back, but not if all nodes end as well", finding);
		}
	}

	@Override
	public void close() throws InterruptedException {
		this.closed = true;
		this.line.close();
		this.thread.join(5_000);
	}

	/**
	 * Is told what the feed does besides following, on its thread.
	 */
	public interface Listener {

		/**
		 * Everything was loaded anew.
		 */
		void reloaded();

		/**
		 * Redis had a row in the place of one that was in force here.
		 * @param row what was in force
		 */
		void overruled(LedgerRow row);

	}

}
