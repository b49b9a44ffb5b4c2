package io.meshup.registry.store.embedded;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.AuditLog;
import io.meshup.registry.store.Fact;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.SharedLease;
import io.meshup.registry.store.StoreProperties;
import io.meshup.registry.store.commit.ChangeFeed;
import io.meshup.registry.store.commit.CommitPace;
import io.meshup.registry.store.commit.Decisions;
import io.meshup.registry.store.commit.Facts;
import io.meshup.registry.store.commit.PendingWrite;
import io.meshup.registry.store.commit.SubjectIndex;
import io.meshup.registry.store.commit.Touches;
import io.meshup.registry.store.commit.Transaction;
import io.meshup.registry.store.commit.WriteQueue;
import io.meshup.registry.store.ledger.DataDirectory;
import io.meshup.registry.store.ledger.Ledger;
import io.meshup.registry.store.ledger.StoreUnusableException;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.rule.RuleBatch;
import io.meshup.registry.store.rule.RuleCommit;
import io.meshup.registry.store.rule.RuleSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The store on this machine's disk. One writer thread takes all that waits, keeps it in
 * one transaction and publishes it after the commit; reads come from memory.
 */
final class EmbeddedStore implements MeshStore, AutoCloseable {

	/**
	 * So many revisions are reserved at a time.
	 */
	static final long BLOCK = 100_000;

	/**
	 * A registry restored from a backup begins so far above it: revisions used meanwhile
	 * are never used again, and participants would take lower ones for old news.
	 */
	static final long SPARE = 1_000_000_000;

	private static final long PAUSE_MILLIS = 200;

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedStore.class);

	private final Ledger ledger;

	private final Facts facts;

	private final SubjectIndex index;

	private final Retention retention;

	private final WriterReads reads = new WriterReads(this::wake);

	private final LedgerAudit audit = new LedgerAudit(this.reads, this::note);

	private final InstantSource clock;

	private final long firstRevision;

	private final Touches touches = new Touches();

	private final Semaphore work = new Semaphore(0);

	private final WriteQueue writes;

	private final CommitPace pace = new CommitPace(System.nanoTime());

	private final ChangeFeed feed = new ChangeFeed();

	private final Thread writer = new Thread(this::run, "mesh-store-writer");

	private volatile RuleSet rules;

	private volatile long revision;

	private volatile boolean closed;

	private long taken;

	private EmbeddedStore(Ledger ledger, RuleHistory history, Retention retention, InstantSource clock,
			int waitingWrites) {
		this.writes = new WriteQueue(waitingWrites, this.work::release);
		this.ledger = ledger;
		this.facts = history.facts();
		this.index = history.index();
		this.rules = history.rules();
		this.retention = retention;
		this.clock = clock;
		this.firstRevision = ledger.reserved() + 1;
		this.revision = this.firstRevision;
		this.taken = this.firstRevision;
	}

	/**
	 * Opens or makes the store of a directory.
	 * @param directory the directory, owned by this process
	 * @param history how much of the past is kept
	 * @param clock tells when a rule was written
	 * @param waitingWrites how many writes may wait for the store
	 * @return the store, ready
	 * @throws StoreUnusableException when what is there cannot be used
	 */
	static EmbeddedStore open(DataDirectory directory, StoreProperties.History history, InstantSource clock,
			int waitingWrites) {
		RuleHistory replayed = new RuleHistory(history.maxVersions());
		Ledger ledger = Ledger.open(directory, replayed);
		EmbeddedStore store = new EmbeddedStore(ledger, replayed, new Retention(history, clock), clock, waitingWrites);
		try {
			ledger.append(List.of(), ledger.reserved() + BLOCK);
		}
		catch (ApiProblem ex) {
			ledger.close();
			throw StoreUnusableException.readOnly(directory.path().resolve(Ledger.FILE), ex);
		}
		store.retention.begin(ledger, store.index, store.rules.revision());
		store.writer.setDaemon(true);
		store.writer.start();
		return store;
	}

	@Override
	public String registry() {
		return this.ledger.registry();
	}

	@Override
	public long firstRevision() {
		return this.firstRevision;
	}

	@Override
	public long revision() {
		return this.revision;
	}

	@Override
	public RuleSet ruleSet() {
		return this.rules;
	}

	@Override
	public void subscribe(Consumer<ServiceChanged> subscriber) {
		this.feed.subscribe(subscriber);
	}

	@Override
	public void touch(String service) {
		if (this.touches.add(service)) {
			this.work.release();
		}
	}

	/**
	 * Publishes what is said of instances.
	 * @param rows the rows
	 */
	void share(List<SharedLease> rows) {
		this.touches.add(rows);
		this.work.release();
	}

	@Override
	public Mono<RuleCommit> write(RuleBatch batch) {
		return this.writes.write(batch);
	}

	@Override
	public Mono<Void> keep(List<Fact> all) {
		return this.writes.keep(all);
	}

	@Override
	public Map<String, Fact> facts(String type) {
		return this.facts.of(type);
	}

	@Override
	public AuditLog audit() {
		return this.audit;
	}

	@Override
	public Mono<Path> backUp() {
		return this.reads.read((ledger, index) -> ledger.copy(SPARE));
	}

	private void note(Fact event) {
		keep(List.of(event)).subscribe((done) -> {
		}, (ex) -> logger.warn("An event could not be kept in the audit log: {} {} by {}", event.type(),
				event.subject(), event.author(), ex));
	}

	private void wake() {
		this.work.release();
		if (this.closed) {
			this.reads.refuseAll();
		}
	}

	private void run() {
		while (!this.closed || this.work.availablePermits() > 0) {
			try {
				this.work.acquire();
				LockSupport.parkNanos(this.pace.left(System.nanoTime()));
				this.work.drainPermits();
				process();
			}
			catch (InterruptedException ex) {
				this.writes.close();
				this.closed = true;
			}
			catch (RuntimeException | Error ex) {
				// Without this thread nothing is published any more: it outlives
				// everything.
				logger.error("The store's writer failed on one round and goes on", ex);
			}
		}
		this.reads.refuseAll();
		this.ledger.close();
	}

	private void process() throws InterruptedException {
		long began = System.nanoTime();
		List<PendingWrite> waiting = this.writes.drain();
		try {
			process(waiting);
			this.pace.committed(began, waiting.size());
		}
		catch (RuntimeException | Error ex) {
			// Whoever was answered already does not hear of it.
			waiting.forEach((write) -> write.sink().error(ex));
			throw ex;
		}
		this.reads.serve(this.ledger, this.index);
		if (!this.closed && this.retention.step(this.ledger, this.index, this.rules.revision())) {
			this.work.release();
		}
	}

	private void process(List<PendingWrite> waiting) throws InterruptedException {
		Map<String, List<SharedLease>> services = this.touches.take();
		Transaction transaction = new Transaction(this.rules, this.taken, this.clock);
		Decisions decided = PendingWrite.decide(waiting, transaction);
		decided.refuse();
		Transaction kept = keep(transaction, decided, services.size());
		if (kept.revision() + services.size() > this.ledger.reserved()) {
			putOff(services);
			services = Map.of();
		}
		services.keySet().forEach(kept::touch);
		publish(kept, services);
		decided.succeed(this.revision);
	}

	/**
	 * Commits rows and revisions. After a failure the revisions are free again: nobody
	 * has seen them.
	 * @param transaction what was decided
	 * @param decided who waits for it; emptied on failure
	 * @param touches how many more revisions are needed
	 * @return what is to be published
	 */
	private Transaction keep(Transaction transaction, Decisions decided, int touches) {
		long reserved = this.ledger.reserved();
		while (reserved - transaction.revision() - touches < BLOCK / 2) {
			reserved += BLOCK;
		}
		try {
			long sequence = this.ledger.count();
			this.ledger.append(transaction.entries(), reserved);
			for (LedgerEntry entry : transaction.entries()) {
				this.index.add(++sequence, entry);
			}
			return transaction;
		}
		catch (RuntimeException ex) {
			decided.fail(ex);
			return new Transaction(this.rules, this.taken, this.clock);
		}
	}

	/**
	 * No revision is left and the disk gives none: the services wait, nothing is lost.
	 * @param services the services that changed, with their rows
	 * @throws InterruptedException when the store closes
	 */
	private void putOff(Map<String, List<SharedLease>> services) throws InterruptedException {
		Thread.sleep(PAUSE_MILLIS);
		this.touches.putBack(services);
		this.work.release();
	}

	private void publish(Transaction kept, Map<String, List<SharedLease>> rows) {
		this.taken = kept.revision();
		this.rules = kept.rules();
		kept.facts().forEach(this.facts::put);
		kept.changed().forEach((service, at) -> {
			this.feed.publish(new ServiceChanged(service, at, rows.getOrDefault(service, List.of())));
			this.revision = at;
		});
	}

	/**
	 * Lets the tests fill the disk.
	 * @param pages how far the file may grow
	 */
	void limitPages(long pages) {
		this.ledger.limitPages(pages);
	}

	@Override
	public void close() throws InterruptedException {
		this.writes.close();
		this.closed = true;
		this.work.release();
		this.writer.join(10_000);
	}

}
