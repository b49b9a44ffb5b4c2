package io.meshup.registry.store.redis.write;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.store.commit.Decisions;
import io.meshup.registry.store.commit.PendingWrite;
import io.meshup.registry.store.commit.Transaction;
import io.meshup.registry.store.commit.WriteQueue;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import io.meshup.registry.store.redis.connection.Parts;
import io.meshup.registry.store.redis.connection.Reach;
import io.meshup.registry.store.redis.connection.RedisFault;
import io.meshup.registry.store.redis.connection.RedisLine;
import io.meshup.registry.store.redis.connection.RedisScript;
import io.meshup.registry.store.redis.feed.SharedState;
import io.meshup.registry.store.redis.log.Change;
import io.meshup.registry.store.redis.log.CommitCall;
import io.meshup.registry.store.redis.log.Head;
import io.meshup.registry.store.redis.log.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the writes of this node, on a thread of its own: all that waits becomes one
 * commit, decided against what this node knows and kept only if no other node wrote
 * meanwhile. Else it is decided again. A write is answered when the replicas have it and
 * this node has published it.
 */
public final class Writer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Writer.class);

	/**
	 * How far numbers are left free when other nodes raise them all the time.
	 */
	private static final long MARGIN = 64;

	private final Parts parts;

	private final RedisLine line;

	private final SharedState state;

	private final Reach reach;

	private final InstantSource clock;

	private final Semaphore work = new Semaphore(0);

	private final WriteQueue writes;

	private final Thread thread = new Thread(this::run, "mesh-store-writer");

	private volatile boolean closed;

	public Writer(Parts parts, SharedState state, Reach reach, InstantSource clock, int waitingWrites) {
		this.writes = new WriteQueue(waitingWrites, this.work::release);
		this.parts = parts.withOwnLine();
		this.line = this.parts.line();
		this.state = state;
		this.reach = reach;
		this.clock = clock;
		this.thread.setDaemon(true);
	}

	public WriteQueue queue() {
		return this.writes;
	}

	public void start() {
		this.thread.start();
	}

	private void run() {
		while (!this.closed) {
			try {
				this.work.acquire();
				this.work.drainPermits();
				process(this.writes.drain());
			}
			catch (InterruptedException ex) {
				this.closed = true;
			}
			catch (RuntimeException | Error ex) {
				logger.error("The store's writer failed on one round and goes on", ex);
			}
		}
		this.writes.close();
		process(this.writes.drain());
		this.line.close();
	}

	private void process(List<PendingWrite> waiting) {
		if (waiting.isEmpty()) {
			return;
		}
		try {
			commit(waiting);
		}
		catch (RedisFault ex) {
			logger.debug("A write was not kept", ex);
			fail(waiting, ex.problem());
		}
		catch (ApiProblem ex) {
			fail(waiting, ex);
		}
		catch (InterruptedException ex) {
			this.closed = true;
			fail(waiting, RedisFault.unknown("the registry stops"));
		}
		catch (RuntimeException | Error ex) {
			fail(waiting, ex);
			throw ex;
		}
	}

	private static void fail(List<PendingWrite> waiting, Throwable reason) {
		// Whoever was answered already does not hear of it.
		waiting.forEach((write) -> write.sink().error(reason));
	}

	private void commit(List<PendingWrite> waiting) throws InterruptedException {
		long deadline = System.nanoTime() + this.parts.properties().writeTimeout().toNanos();
		long least = 0;
		for (int attempt = 0; System.nanoTime() < deadline; attempt++) {
			if (this.closed || !this.reach.isConnected()) {
				throw new RedisFault(RedisFault.Kind.AWAY, "Redis is out of reach", null);
			}
			SharedState.Basis basis = this.state.basis();
			long base = Math.max(basis.revision(), least);
			Transaction transaction = new Transaction(basis.rules(), base, this.clock);
			Decisions decisions = PendingWrite.decide(waiting, transaction);
			Outcome outcome = transaction.entries().isEmpty() ? confirm(basis, deadline)
					: keep(call(basis, base, transaction), deadline);
			switch (outcome.kind()) {
				case KEPT -> {
					decisions.refuse();
					decisions.succeed(this.state.revision());
					return;
				}
				case HEAD -> this.state.awaitBeyond(basis.head(), 100);
				case REVISION -> least = outcome.revision() + MARGIN * attempt;
			}
		}
		throw new RedisFault(RedisFault.Kind.REFUSED, "other nodes change rules all the time; send again", null);
	}

	// Where nothing is to be written, what was decided holds only if nobody wrote.
	private Outcome confirm(SharedState.Basis basis, long deadline) {
		String head = basis.head().toString();
		if (this.parts.properties().replicas() > 0) {
			List<Object> reply = run(RedisScript.CONFIRM, this.parts.keys().forConfirm(),
					List.of(Wire.bytes(basis.registry()), Wire.bytes(head)), deadline);
			return new Outcome(Wire.text(reply.get(0)).equals("ok") ? Kind.KEPT : Kind.HEAD, 0);
		}
		byte[] present = this.line.call((commands) -> commands.get(this.parts.keys().head()), patience(deadline));
		boolean isPresent = present != null && Wire.text(present).equals(head);
		return new Outcome(isPresent ? Kind.KEPT : Kind.HEAD, 0);
	}

	private List<Object> run(RedisScript script, List<String> keys, List<byte[]> arguments, long deadline) {
		int replicas = this.parts.properties().replicas();
		if (replicas == 0) {
			return this.line.run(script, keys, arguments, patience(deadline));
		}
		RedisLine.Replicated done = this.line.runReplicated(script, keys, arguments,
				new RedisLine.Replication(replicas, patience(deadline)));
		if (Wire.text(done.reply().get(0)).equals("ok") && done.replicas() < replicas) {
			throw RedisFault.unknown(done.replicas() + " of " + replicas + " replicas have it");
		}
		return done.reply();
	}

	private Outcome keep(CommitCall call, long deadline) throws InterruptedException {
		CompletableFuture<Change> applied = this.state.expect(call.id());
		try {
			List<Object> reply = run(RedisScript.COMMIT, this.parts.keys().forCommit(), call.arguments(), deadline);
			String word = Wire.text(reply.get(0));
			if (word.equals("ok")) {
				await(applied, deadline);
				return new Outcome(Kind.KEPT, 0);
			}
			if (word.equals("registry")) {
				throw new RedisFault(RedisFault.Kind.AWAY, "Redis has lost its content", null);
			}
			return word.equals("head") ? new Outcome(Kind.HEAD, 0)
					: new Outcome(Kind.REVISION, Long.parseLong(Wire.text(reply.get(1))));
		}
		catch (RedisFault ex) {
			if (ex.kind() != RedisFault.Kind.UNKNOWN || this.parts.properties().replicas() > 0) {
				throw ex;
			}
			// The answer was lost; the change itself may come back all the same.
			await(applied, deadline);
			return new Outcome(Kind.KEPT, 0);
		}
		finally {
			this.state.forget(call.id());
		}
	}

	private CommitCall call(SharedState.Basis basis, long base, Transaction transaction) {
		List<LedgerRow> rows = new ArrayList<>();
		Head head = basis.head();
		for (LedgerEntry entry : transaction.entries()) {
			LedgerRow row = head.next(entry);
			rows.add(row);
			head = Head.of(row);
		}
		Map<String, Long> distances = new LinkedHashMap<>();
		transaction.changed().forEach((service, revision) -> distances.put(service, revision - base));
		return new CommitCall(new CommitCall.Mark(basis.registry(), basis.head().toString()),
				new CommitCall.Mark(basis.registry(), head.toString()), base, transaction.revision(),
				this.parts.ids().get(), distances, rows, List.of());
	}

	private Duration patience(long deadline) {
		Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
		Duration most = this.parts.properties().commandTimeout();
		return (left.compareTo(most) < 0) ? left : most;
	}

	private void await(CompletableFuture<Change> applied, long deadline) throws InterruptedException {
		try {
			applied.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			throw new RedisFault(RedisFault.Kind.UNKNOWN, "The change did not come back in time", ex);
		}
	}

	@Override
	public void close() throws InterruptedException {
		this.writes.close();
		this.closed = true;
		this.work.release();
		this.thread.join(5_000);
	}

	private enum Kind {

		KEPT, HEAD, REVISION

	}

	private record Outcome(Kind kind, long revision) {
	}

}
