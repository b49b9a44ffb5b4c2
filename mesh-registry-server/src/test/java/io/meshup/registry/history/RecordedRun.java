package io.meshup.registry.history;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.meshup.registry.history.check.RuleRecord;
import io.meshup.registry.history.node.Disturber;
import io.meshup.registry.history.node.Fault;
import io.meshup.registry.history.node.RegistryNode;
import io.meshup.registry.history.operation.Answer;
import io.meshup.registry.history.operation.Attempt;
import io.meshup.registry.history.operation.Operation;
import io.meshup.registry.history.operation.Version;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Six clients write two rules at two nodes, two participants watch, and faults happen to
 * both nodes at the same time. Afterwards the answers of all are held against each other.
 */
final class RecordedRun {

	private static final int CLIENTS = 6;

	private static final int RULES = 2;

	private final long seed;

	private final List<RegistryNode> nodes;

	private final RuleCalls calls;

	private final Map<String, RuleRecord> rules = new TreeMap<>();

	private final AtomicInteger values = new AtomicInteger();

	private final AtomicBoolean over = new AtomicBoolean();

	private long millis;

	RecordedRun(long seed, List<RegistryNode> nodes) throws IOException, InterruptedException {
		this.seed = seed;
		this.nodes = nodes;
		this.calls = new RuleCalls(nodes);
		for (int i = 0; i < RULES; i++) {
			this.rules.put("r" + seed + "-" + i, new RuleRecord());
		}
	}

	/**
	 * Runs it and checks what was recorded.
	 * @param faults for each node what happens to it, in an order that the seed decides
	 */
	void run(List<List<Fault>> faults) throws Exception {
		Random random = new Random(this.seed);
		ExecutorService threads = Executors.newCachedThreadPool();
		long begin = System.nanoTime();
		try (WatchingReader one = new WatchingReader("watcher 1", this.nodes, this.rules);
				WatchingReader two = new WatchingReader("watcher 2", turned(1), this.rules)) {
			List<Future<Void>> clients = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				clients.add(threads.submit(client(i, new Random(random.nextLong()))));
			}
			List<Future<Void>> disturbers = new ArrayList<>();
			for (int i = 0; i < this.nodes.size(); i++) {
				disturbers.add(
						threads.submit(new Disturber(this.nodes.get(i), faults.get(i), new Random(random.nextLong()))));
			}
			join(disturbers);
			this.over.set(true);
			join(clients);
			this.millis = (System.nanoTime() - begin) / 1_000_000;
			check();
		}
		finally {
			this.over.set(true);
			threads.shutdownNow();
		}
	}

	private RandomClient client(int number, Random random) {
		return new RandomClient("client " + number, turned(number), this.calls, this.rules,
				new RandomClient.Script(random, this.values, this.over::get));
	}

	private List<RegistryNode> turned(int number) {
		return (number % 2 == 0) ? this.nodes : List.of(this.nodes.get(1), this.nodes.get(0));
	}

	private static void join(List<Future<Void>> all) throws InterruptedException, ExecutionException {
		for (Future<Void> one : all) {
			one.get();
		}
	}

	private void check() throws Exception {
		for (Map.Entry<String, RuleRecord> entry : this.rules.entrySet()) {
			String rule = entry.getKey();
			this.nodes.forEach((node) -> awaitWritable(node, rule));
			List<Version> versions = this.calls.history(this.nodes.get(0), rule);
			assertThat(this.calls.history(this.nodes.get(1), rule)).as("the history of %s at both", rule)
				.isEqualTo(versions);
			for (RegistryNode node : this.nodes) {
				assertThat(this.calls.read(node, rule).value()).as("the end of %s at %s", rule, node.name())
					.isEqualTo(versions.isEmpty() ? Attempt.ABSENT : versions.get(versions.size() - 1).value());
			}
			assertThat(entry.getValue().violations(versions)).as("seed %d, rule %s", this.seed, rule).isEmpty();
		}
		assertThat(this.calls.odd()).as("seed %d", this.seed).isEmpty();
	}

	// Once a node has decided this, it knows all that was written before.
	private void awaitWritable(RegistryNode node, String rule) {
		Attempt attempt = Attempt.read(this.values.incrementAndGet());
		Awaitility.await(node.name() + " decides again").atMost(Duration.ofSeconds(30)).until(() -> {
			long invoked = System.nanoTime();
			Answer answer = this.calls.perform(node, rule, attempt);
			this.rules.get(rule).add(new Operation("the end", attempt, answer, invoked, System.nanoTime()));
			return answer.isCertain();
		});
	}

	/**
	 * What happened.
	 * @return a row of a table
	 */
	String row() {
		return "| %d | %.1f | %d | %d | %d | %d | %d |".formatted(this.seed, this.millis / 1_000.0,
				count(Answer.Result.DONE), count(Answer.Result.SAW), count(Answer.Result.REFUSED),
				count(Answer.Result.UNKNOWN), this.rules.values().stream().mapToLong(RuleRecord::seen).sum());
	}

	private long count(Answer.Result result) {
		return this.rules.values().stream().mapToLong((rule) -> rule.count(result)).sum();
	}

}
