package io.meshup.registry.store.redis;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.meshup.model.MeshJson;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.AuditLog;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.NodeName;
import io.meshup.registry.store.Nodes;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.commit.Touches;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import io.meshup.registry.store.redis.connection.Parts;
import io.meshup.registry.store.redis.connection.Reach;
import io.meshup.registry.store.redis.connection.RedisFault;
import io.meshup.registry.store.redis.connection.RedisKeys;
import io.meshup.registry.store.redis.connection.RedisLine;
import io.meshup.registry.store.redis.connection.RedisProperties;
import io.meshup.registry.store.redis.connection.RedisServer;
import io.meshup.registry.store.redis.connection.RedisUnusableException;
import io.meshup.registry.store.redis.feed.Feed;
import io.meshup.registry.store.redis.feed.LogEnd;
import io.meshup.registry.store.redis.feed.Recovery;
import io.meshup.registry.store.redis.feed.SharedState;
import io.meshup.registry.store.redis.node.NewsBoard;
import io.meshup.registry.store.redis.node.NodeTable;
import io.meshup.registry.store.redis.node.RedisNodes;
import io.meshup.registry.store.redis.node.Sharer;
import io.meshup.registry.store.redis.write.RedisAudit;
import io.meshup.registry.store.redis.write.Trimmer;
import io.meshup.registry.store.redis.write.Writer;
import io.meshup.registry.store.rule.RuleBatch;
import io.meshup.registry.store.rule.RuleCommit;
import io.meshup.registry.store.rule.RuleSet;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;

/**
 * The store that several nodes share in a Redis. Three threads have a connection each:
 * one follows the changes of all nodes and alone decides what is in force here, one makes
 * this node's writes, one shares what happens to its instances. Reads come from memory.
 */
public final class RedisStore implements MeshStore, AutoCloseable {

	static final String OVERRULED = Fact.EVENT + "rule-overruled";

	private static final long PAUSE_MILLIS = 100;

	private final SharedState state;

	private final Feed feed;

	private final Writer writer;

	private final Trimmer trimmer;

	private final Sharer sharer;

	private final RedisNodes nodes;

	private final RedisAudit audit;

	private final LogEnd end;

	private final Sharer.Outbox outbox;

	private final long firstRevision;

	private RedisStore(RedisServer server, RedisProperties properties, StoreProperties.History history,
			InstantSource clock, int waitingWrites) throws InterruptedException {
		String self = NodeName.ofThisRun();
		RedisKeys keys = new RedisKeys(properties.name());
		Semaphore work = new Semaphore(0);
		Touches touches = new Touches();
		NodeTable table = new NodeTable(self, properties.nodeLease(), System::nanoTime);
		Reach reach = new Reach(work::release);
		this.state = new SharedState(touches);
		this.outbox = new Sharer.Outbox(touches, new NewsBoard(server, keys, table, self), work);
		this.nodes = new RedisNodes(self, this.state, table, reach, this.outbox);
		Parts parts = new Parts(server, new RedisLine(server::connect, properties.commandTimeout()), keys, ids(self),
				properties);
		this.feed = new Feed(parts, this.state, new Recovery(this.state, clock), reach, new Following());
		this.writer = new Writer(parts, this.state, reach, clock, waitingWrites);
		this.trimmer = new Trimmer(parts, this.state, reach, history, clock);
		this.sharer = new Sharer(parts, this.state, reach, this.outbox, table);
		this.end = new LogEnd(parts, this.state, reach);
		this.audit = new RedisAudit(parts.withOwnLine(), this.writer.queue());
		this.state.subscribe((change) -> change.rows().forEach((row) -> table.suppose(row.node())));
		this.firstRevision = begin(this.feed, properties.startTimeout());
		this.nodes.reloaded();
		this.feed.start();
		this.writer.start();
		this.trimmer.start();
		this.sharer.start();
	}

	/**
	 * Joins the nodes that share a Redis, or begins a new registry in it.
	 * @param server where it is
	 * @param properties how it is used
	 * @param history how much of the past is kept
	 * @param clock tells when a rule was written
	 * @param waitingWrites how many writes may wait for the store
	 * @return the store, ready
	 * @throws RedisUnusableException when Redis cannot be used
	 */
	static RedisStore open(RedisServer server, RedisProperties properties, StoreProperties.History history,
			InstantSource clock, int waitingWrites) {
		try {
			return new RedisStore(server, properties, history, clock, waitingWrites);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RedisUnusableException("The start was interrupted.", "Start the registry again.", ex);
		}
	}

	private static long begin(Feed feed, Duration patience) throws InterruptedException {
		long end = System.nanoTime() + patience.toNanos();
		while (true) {
			try {
				return feed.begin();
			}
			catch (RedisFault ex) {
				if (ex.kind() == RedisFault.Kind.REFUSED) {
					throw RedisUnusableException.refused(ex);
				}
				if (System.nanoTime() > end) {
					throw RedisUnusableException.away(ex);
				}
				Thread.sleep(PAUSE_MILLIS);
			}
		}
	}

	private static Supplier<String> ids(String self) {
		AtomicLong count = new AtomicLong();
		return () -> self + "-" + count.incrementAndGet();
	}

	public Nodes nodes() {
		return this.nodes;
	}

	@Override
	public String registry() {
		return this.state.registry();
	}

	@Override
	public long firstRevision() {
		return this.firstRevision;
	}

	@Override
	public long revision() {
		return this.state.revision();
	}

	@Override
	public void touch(String service) {
		if (this.outbox.touches().add(service)) {
			this.outbox.work().release();
		}
	}

	@Override
	public void raise(long revision) {
		this.state.raise(revision);
	}

	@Override
	public Mono<Void> caughtUp() {
		return this.end.reached();
	}

	@Override
	public Mono<RuleCommit> write(RuleBatch batch) {
		return this.writer.queue().write(batch);
	}

	@Override
	public Mono<Void> keep(List<Fact> facts) {
		return this.writer.queue().keep(facts);
	}

	@Override
	public Map<String, Fact> facts(String type) {
		return this.state.facts(type);
	}

	@Override
	public AuditLog audit() {
		return this.audit;
	}

	@Override
	public Mono<Path> backUp() {
		return Mono.error(() -> ApiProblem.of(HttpStatus.CONFLICT, "This registry keeps its rules in Redis, and Redis "
				+ "makes the backups of that: copy its RDB or AOF file. 'meshctl export' writes the rules alone."));
	}

	@Override
	public RuleSet ruleSet() {
		return this.state.rules();
	}

	@Override
	public void subscribe(Consumer<ServiceChanged> subscriber) {
		this.state.subscribe(subscriber);
	}

	@Override
	public void close() throws InterruptedException {
		this.writer.close();
		this.trimmer.close();
		this.sharer.close();
		this.feed.close();
		this.audit.close();
		this.end.close();
	}

	private final class Following implements Feed.Listener {

		@Override
		public void reloaded() {
			RedisStore.this.nodes.reloaded();
		}

		@Override
		public void overruled(LedgerRow row) {
			LedgerEntry entry = row.entry();
			RedisStore.this.audit.record(new Fact(OVERRULED, entry.subject(), entry.author(),
					MeshJson.mapper()
						.createObjectNode()
						.put("revision", entry.revision())
						.put("type", entry.type())
						.put("at", entry.at())
						.put("body", new String(entry.body(), StandardCharsets.UTF_8))));
		}

	}

}
