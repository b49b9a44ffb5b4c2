package io.meshup.registry.store.redis.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.meshup.registry.store.Fact;
import io.meshup.registry.store.ServiceChanged;
import io.meshup.registry.store.SharedLease;
import io.meshup.registry.store.commit.ChangeFeed;
import io.meshup.registry.store.commit.Touches;
import io.meshup.registry.store.ledger.chain.LedgerEntry;
import io.meshup.registry.store.ledger.chain.LedgerRow;
import io.meshup.registry.store.redis.log.Change;
import io.meshup.registry.store.redis.log.Head;
import io.meshup.registry.store.redis.log.Place;
import io.meshup.registry.store.redis.log.Snapshot;
import io.meshup.registry.store.rule.RuleSet;
import io.meshup.registry.store.rule.StoredRule;

/**
 * What is in force on this node, and where in the log of changes it is. Only whoever
 * holds its lock publishes, so revisions ascend; readers take volatile values.
 */
public final class SharedState {

	private final Mirror mirror = new Mirror();

	private final ChangeFeed feed = new ChangeFeed();

	private final Touches again;

	private final Map<String, SharedLease> leases = new ConcurrentHashMap<>();

	private final Map<String, List<SharedLease>> carried = new HashMap<>();

	private final Map<String, CompletableFuture<Change>> expected = new ConcurrentHashMap<>();

	private volatile String registry = "";

	private volatile long revision;

	private volatile long least;

	private volatile Head head = Head.NONE;

	private volatile String position = "0-0";

	private volatile String last = "";

	/**
	 * Begins with nothing.
	 * @param again takes services that need another revision
	 */
	public SharedState(Touches again) {
		this.again = again;
	}

	/**
	 * Joins the change feed. What was published before is in {@link #revision()} then.
	 * @param subscriber called with every change from now on
	 */
	public synchronized void subscribe(Consumer<ServiceChanged> subscriber) {
		this.feed.subscribe(subscriber);
	}

	/**
	 * Does something between two publications.
	 * @param work what to do
	 */
	public synchronized void inOneMoment(Runnable work) {
		work.run();
	}

	/**
	 * Has the next numbers be above one that somebody got from a node that numbered on
	 * alone.
	 * @param revision the number
	 */
	public synchronized void raise(long revision) {
		this.least = Math.max(this.least, revision);
	}

	/**
	 * What the next numbers must be above.
	 * @return at least {@link #revision()}
	 */
	public long floor() {
		return Math.max(this.revision, this.least);
	}

	public String registry() {
		return this.registry;
	}

	public long revision() {
		return this.revision;
	}

	String position() {
		return this.position;
	}

	String last() {
		return this.last;
	}

	Mirror mirror() {
		return this.mirror;
	}

	/**
	 * The rules in force.
	 * @return all of them
	 */
	public RuleSet rules() {
		return this.mirror.rules();
	}

	/**
	 * The facts in force.
	 * @param type which
	 * @return by subject
	 */
	public Map<String, Fact> facts(String type) {
		return this.mirror.facts().of(type);
	}

	public List<SharedLease> leases() {
		return List.copyOf(this.leases.values());
	}

	/**
	 * What a write is decided against.
	 * @return one moment
	 */
	public synchronized Basis basis() {
		return new Basis(this.registry, this.mirror.rules(), this.head, this.revision);
	}

	/**
	 * Waits for one's own change to come back.
	 * @param id the change's id
	 * @return completes when it was applied
	 */
	public CompletableFuture<Change> expect(String id) {
		CompletableFuture<Change> applied = new CompletableFuture<>();
		this.expected.put(id, applied);
		return applied;
	}

	public void forget(String id) {
		this.expected.remove(id);
	}

	/**
	 * Applies the next change and publishes it.
	 * @param change the change
	 * @return whether it was the next one; otherwise nothing was done
	 */
	synchronized boolean apply(Change change) {
		if (!change.before().equals(this.last)) {
			return change.id().equals(this.last);
		}
		this.last = change.id();
		this.position = change.position();
		Change.Content content = change.content();
		this.mirror.append(content.rows());
		if (!content.rows().isEmpty()) {
			this.head = Head.of(content.rows().get(content.rows().size() - 1));
		}
		this.mirror.forget(content.forgotten());
		content.leases().forEach(this::take);
		content.services()
			.forEach((service, distance) -> publish(service, change.base() + distance, content.leases(service)));
		this.revision = Math.max(this.revision, change.top());
		notifyAll();
		CompletableFuture<Change> waiting = this.expected.get(change.id());
		if (waiting != null) {
			waiting.complete(change);
		}
		return true;
	}

	/**
	 * Publishes on this node alone what cannot be shared at present; its rows count for
	 * nothing before they are in the log.
	 * @param services the services
	 */
	public synchronized void publishHere(Set<String> services) {
		services.forEach((service) -> publish(service, floor() + 1, List.of()));
	}

	/**
	 * Goes on from what is in Redis. What differs is published under revisions that
	 * nobody has used yet.
	 * @param found what is in Redis, and nothing there is older than what is known here
	 * @return what was in force here and is not any more, because Redis has something
	 * else under its revision
	 */
	synchronized List<LedgerRow> adopt(Snapshot found) {
		this.registry = found.registry();
		this.last = found.last();
		this.position = found.position();
		this.head = Head.parse(found.head());
		List<LedgerRow> overruled = this.mirror.overruledBy(found.rows().values());
		Set<LedgerRow> changed = this.mirror.adopt(found.rows().values(), this.head);
		Set<String> services = new LinkedHashSet<>();
		changed.stream().map(SharedState::service).filter((service) -> !service.isEmpty()).forEach(services::add);
		services.addAll(different(found.leases()));
		services.addAll(this.carried.keySet());
		this.carried.clear();
		this.leases.keySet().retainAll(found.leases().keySet());
		this.leases.putAll(found.leases());
		if (services.isEmpty() && !changed.isEmpty()) {
			services.add("*");
		}
		services.forEach(this.again::add);
		notifyAll();
		return overruled;
	}

	private Set<String> different(Map<String, SharedLease> found) {
		Set<String> services = new LinkedHashSet<>();
		Set<SharedLease> both = new LinkedHashSet<>(this.leases.values());
		both.addAll(found.values());
		for (SharedLease lease : both) {
			if (!lease.equals(this.leases.get(lease.key())) || !lease.equals(found.get(lease.key()))) {
				services.add(lease.service());
			}
		}
		return services;
	}

	/**
	 * Takes what is there when this node starts.
	 * @param found what is in Redis
	 */
	synchronized void begin(Snapshot found) {
		this.registry = found.registry();
		this.last = found.last();
		this.position = found.position();
		this.head = Head.parse(found.head());
		this.revision = found.revision();
		this.mirror.take(found.rows().values());
		this.leases.putAll(found.leases());
	}

	/**
	 * Waits until somebody's change moves the ledger.
	 * @param known where it was
	 * @param millis how long at most
	 * @throws InterruptedException when the store closes
	 */
	public synchronized void awaitBeyond(Head known, long millis) throws InterruptedException {
		long end = System.nanoTime() + millis * 1_000_000;
		for (long left = millis; left > 0 && this.head.equals(known); left = (end - System.nanoTime()) / 1_000_000) {
			wait(left);
		}
	}

	/**
	 * Waits until this node has come to a place in the log of changes.
	 * @param place the place
	 * @param millis how long at most
	 * @throws InterruptedException when the store closes
	 */
	public synchronized void awaitPosition(String place, long millis) throws InterruptedException {
		long end = System.nanoTime() + millis * 1_000_000;
		for (long left = millis; left > 0
				&& Place.of(this.position).isBefore(Place.of(place)); left = (end - System.nanoTime()) / 1_000_000) {
			wait(left);
		}
	}

	private void take(SharedLease lease) {
		SharedLease present = this.leases.get(lease.key());
		if (!lease.follows((present != null) ? present.holder() : null)) {
			return;
		}
		if (lease.gone()) {
			this.leases.remove(lease.key());
		}
		else {
			this.leases.put(lease.key(), lease);
		}
	}

	// Publishes, or has a higher revision made where this one was used here already for
	// something else.
	private void publish(String service, long at, List<SharedLease> rows) {
		List<SharedLease> all = rows;
		List<SharedLease> before = this.carried.remove(service);
		if (before != null) {
			before.addAll(rows);
			all = before;
		}
		if (at > this.revision) {
			this.feed.publish(new ServiceChanged(service, at, all));
			this.revision = at;
		}
		else {
			this.carried.put(service, new ArrayList<>(all));
			this.again.add(service);
		}
	}

	private static String service(LedgerRow row) {
		return row.entry().type().equals(LedgerEntry.RULE) ? StoredRule.of(row.entry().body()).service() : "";
	}

	/**
	 * What is missing in Redis.
	 * @param found what is there
	 * @return the rows that are newer here, by history
	 */
	synchronized Map<String, LedgerRow> missing(Snapshot found) {
		Map<String, LedgerRow> missing = new LinkedHashMap<>();
		Head there = Head.parse(found.head());
		this.mirror.rows().forEach((key, row) -> {
			LedgerRow present = found.rows().get(key);
			if (present == null && Mirror.isForgotten(row, there)) {
				return;
			}
			if (present == null || (Mirror.isNewer(row, present) && !Mirror.isSame(row, present))) {
				missing.put(key, row);
			}
		});
		return missing;
	}

	/**
	 * One moment.
	 *
	 * @param registry the registry's own name
	 * @param rules the rules in force
	 * @param head how far the ledger goes
	 * @param revision the last published revision
	 */
	public record Basis(String registry, RuleSet rules, Head head, long revision) {
	}

}
