package io.meshup.traffic.health;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TestMesh;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Step;

/**
 * Calls at an even rate against instances that answer after a time, with an error, or not
 * at all; runs on the manual clock, so that minutes take no time.
 */
final class Simulation {

	private final PriorityQueue<Event> events = new PriorityQueue<>(
			Comparator.comparingLong(Event::at).thenComparingLong(Event::number));

	private final Map<String, Behaviour> behaviours = new HashMap<>();

	private final Random random = new Random(11);

	private final TestMesh mesh;

	private final long start;

	private long numbers;

	private Window window = new Window();

	Simulation(TestMesh mesh) {
		this.mesh = mesh;
		this.start = mesh.clock.nanoTime();
	}

	// How an instance answers from now on.
	Simulation behaves(String id, Duration latency, int errorPercent) {
		this.behaviours.put(id, new Behaviour(latency, errorPercent, false));
		return this;
	}

	Simulation dies(String id) {
		this.behaviours.put(id, new Behaviour(Duration.ZERO, 0, true));
		return this;
	}

	// Calls for a time; returns what was seen in it.
	Window run(Duration time, int callsPerSecond) {
		this.window = new Window();
		long now = now();
		long gap = Duration.ofSeconds(1).toNanos() / callsPerSecond;
		for (long at = gap; at <= time.toNanos(); at += gap) {
			at(now + at, this::call);
		}
		long end = now + time.toNanos();
		while (!this.events.isEmpty() && this.events.peek().at() <= end) {
			Event event = this.events.remove();
			this.mesh.clock.advance(Duration.ofNanos(event.at() - now()));
			event.action().run();
		}
		this.mesh.clock.advance(Duration.ofNanos(end - now()));
		return this.window;
	}

	private void call() {
		OutboundCall call = this.mesh.open();
		go(call, call.begin(), now());
	}

	private void go(OutboundCall call, Step step, long begun) {
		if (step instanceof Step.Send send) {
			String id = send.instance().id();
			Behaviour behaviour = this.behaviours.get(id);
			this.window.attempts.merge(id, 1, Integer::sum);
			at(now() + behaviour.latency().toNanos(), () -> answer(call, behaviour, begun));
		}
		else if (step instanceof Step.Wait wait) {
			at(now() + wait.duration().toNanos(), () -> go(call, call.resume(), begun));
		}
		else if (step instanceof Step.Reply) {
			this.window.refused++;
		}
		else {
			this.window.failed++;
		}
	}

	private void answer(OutboundCall call, Behaviour behaviour, long begun) {
		if (behaviour.dead()) {
			go(call, call.onFailure(new ConnectException("Connection refused"), FailureKind.CONNECT), begun);
			return;
		}
		boolean error = this.random.nextInt(100) < behaviour.errorPercent();
		Step next = call.onHead(error ? 500 : 200, (name) -> null);
		if (!(next instanceof Step.Deliver)) {
			go(call, next, begun);
			return;
		}
		call.onEnd(null);
		this.window.latencies.add(now() - begun);
		if (error) {
			this.window.errors++;
		}
		else {
			this.window.good++;
		}
	}

	private void at(long time, Runnable action) {
		this.events.add(new Event(time, this.numbers++, action));
	}

	private long now() {
		return this.mesh.clock.nanoTime() - this.start;
	}

	private record Behaviour(Duration latency, int errorPercent, boolean dead) {
	}

	private record Event(long at, long number, Runnable action) {
	}

	/**
	 * What was seen in a time.
	 */
	static final class Window {

		final Map<String, Integer> attempts = new HashMap<>();

		final List<Long> latencies = new ArrayList<>();

		int good;

		int errors;

		int refused;

		int failed;

		double share(String id) {
			int all = this.attempts.values().stream().mapToInt(Integer::intValue).sum();
			return this.attempts.getOrDefault(id, 0) / (double) all;
		}

		double goodput() {
			return this.good / (double) (this.good + this.errors + this.refused + this.failed);
		}

		Duration p99() {
			List<Long> sorted = this.latencies.stream().sorted().toList();
			return Duration.ofNanos(sorted.get(sorted.size() * 99 / 100));
		}

	}

}
