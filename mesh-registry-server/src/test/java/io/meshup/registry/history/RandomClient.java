package io.meshup.registry.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.meshup.registry.history.check.RuleRecord;
import io.meshup.registry.history.node.RegistryNode;
import io.meshup.registry.history.operation.Answer;
import io.meshup.registry.history.operation.Attempt;
import io.meshup.registry.history.operation.Operation;
import io.meshup.registry.history.operation.Sighting;
import io.meshup.registry.history.operation.Version;

/**
 * Reads and writes rules at random, one request after the other, mostly at one node, and
 * records each.
 */
final class RandomClient implements Callable<Void> {

	private final String name;

	private final List<RegistryNode> nodes;

	private final RuleCalls calls;

	private final Map<String, RuleRecord> rules;

	private final Script script;

	private final List<String> names;

	private final Map<String, Version> known = new HashMap<>();

	/**
	 * A client.
	 * @param name its name
	 * @param nodes the one it prefers first
	 * @param calls how it asks
	 * @param rules what it asks for
	 * @param script what it does, and until when
	 */
	RandomClient(String name, List<RegistryNode> nodes, RuleCalls calls, Map<String, RuleRecord> rules, Script script) {
		this.name = name;
		this.nodes = nodes;
		this.calls = calls;
		this.rules = rules;
		this.script = script;
		this.names = List.copyOf(rules.keySet());
	}

	@Override
	public Void call() throws InterruptedException {
		while (!this.script.over().getAsBoolean()) {
			String rule = this.names.get(this.script.random().nextInt(this.names.size()));
			RegistryNode node = this.nodes.get((this.script.random().nextInt(5) > 0) ? 0 : 1);
			if (this.script.random().nextBoolean()) {
				read(rule, node);
			}
			if (change(rule, node)) {
				lookAfter(rule, node);
			}
			TimeUnit.MILLISECONDS.sleep(this.script.random().nextInt(3));
		}
		return null;
	}

	private void read(String rule, RegistryNode node) throws InterruptedException {
		Version seen = this.calls.read(node, rule);
		if (seen != null) {
			see(rule, node, seen);
		}
	}

	private void see(String rule, RegistryNode node, Version version) {
		this.known.put(rule, version);
		this.rules.get(rule).add(new Sighting(this.name + "@" + node.name(), version, System.nanoTime()));
	}

	// What is not quite finished shows right behind an answer only: at the same node in
	// what it reads, at the other one in what it decides.
	private void lookAfter(String rule, RegistryNode node) throws InterruptedException {
		switch (this.script.random().nextInt(3)) {
			case 0 -> read(rule, node);
			case 1 -> perform(rule, other(node), Attempt.read(this.script.values().incrementAndGet()));
			default -> change(rule, other(node));
		}
	}

	private RegistryNode other(RegistryNode node) {
		return this.nodes.get((node == this.nodes.get(0)) ? 1 : 0);
	}

	private boolean change(String rule, RegistryNode node) throws InterruptedException {
		return perform(rule, node, attempt(this.known.getOrDefault(rule, Version.NOTHING)));
	}

	private boolean perform(String rule, RegistryNode node, Attempt attempt) throws InterruptedException {
		long invoked = System.nanoTime();
		Answer answer = this.calls.perform(node, rule, attempt);
		this.rules.get(rule).add(new Operation(this.name, attempt, answer, invoked, System.nanoTime()));
		if (answer.result() == Answer.Result.DONE) {
			// Whoever was told that it is done sees it from now on at this node.
			see(rule, node, attempt.deletes() ? Version.NOTHING : new Version(answer.revision(), attempt.value()));
		}
		return answer.result() == Answer.Result.DONE;
	}

	private Attempt attempt(Version seen) {
		int value = this.script.values().incrementAndGet();
		boolean isThere = seen.value() != Attempt.ABSENT;
		return switch (this.script.random().nextInt(10)) {
			case 0, 1, 2 -> Attempt.write(value);
			case 3, 4 -> Attempt.read(value);
			case 5 -> isThere ? Attempt.cas(seen.revision(), Attempt.ABSENT) : Attempt.cas(Attempt.ABSENT, value);
			default -> Attempt.cas(isThere ? seen.revision() : Attempt.ABSENT, value);
		};
	}

	/**
	 * What a client does.
	 *
	 * @param random its own dice
	 * @param values the contents of all clients
	 * @param over when it ends
	 */
	record Script(Random random, AtomicInteger values, BooleanSupplier over) {
	}

}
