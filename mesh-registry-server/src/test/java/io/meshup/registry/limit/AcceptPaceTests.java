package io.meshup.registry.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AcceptPace}.
 */
class AcceptPaceTests {

	private final EmbeddedChannel socket = new EmbeddedChannel(
			new AcceptPace(2_000, () -> TimeUnit.MILLISECONDS.toNanos(this.now)));

	private final List<Integer> accepted = new ArrayList<>();

	private int waiting;

	private int now;

	AcceptPaceTests() {
		this.socket.freezeTime();
	}

	@Test
	void takesTheStreamsOfAMeshThatComesBackAtItsPaceAndAll() {
		Random random = new Random(7);
		int[] coming = new int[2_000];
		for (int i = 0; i < 10_000; i++) {
			coming[random.nextInt(coming.length)]++;
		}

		for (int millis = 0; millis < coming.length; millis++) {
			come(coming[millis]);
		}
		while (this.waiting > 0) {
			come(0);
		}

		assertThat(this.accepted).hasSize(10_000);
		assertThat(topSecond()).isBetween(1_900, 2_000);
		assertThat(this.now).isBetween(5_000, 5_600);
	}

	@Test
	void delaysNobodyBelowThePace() {
		for (int millis = 0; millis < 3_000; millis++) {
			come((millis % 10 == 0) ? 15 : 0);
			assertThat(this.waiting).isZero();
		}
	}

	@Test
	void takesABurstAfterARest() {
		come(5_000);
		assertThat(this.accepted).hasSize(200);
		while (this.waiting > 0) {
			come(0);
		}
		for (int millis = 0; millis < 1_000; millis++) {
			come(0);
		}
		int before = this.accepted.size();

		come(200);

		assertThat(this.accepted.size() - before).isEqualTo(200);
	}

	@Test
	void closesThoseThatStillWaitWhenItEnds() {
		AcceptPace pace = new AcceptPace(1_000, () -> 0);
		EmbeddedChannel server = new EmbeddedChannel(pace);
		List<EmbeddedChannel> connections = Stream.generate(EmbeddedChannel::new).limit(101).toList();
		connections.forEach(server::writeInbound);

		server.close();

		assertThat(connections.subList(0, 100)).allMatch(EmbeddedChannel::isOpen);
		assertThat(connections.get(100).isOpen()).isFalse();
		connections.forEach(EmbeddedChannel::close);
	}

	@Test
	void keepsItsPaceWhereTheEventLoopIsBusy() {
		come(10_000);
		while (this.waiting > 0) {
			this.now += 100;
			this.socket.advanceTimeBy(100, TimeUnit.MILLISECONDS);
			come(0);
		}

		assertThat(this.now).isBetween(5_000, 6_000);
	}

	private void come(int connections) {
		this.waiting += connections;
		for (int i = 0; i < connections; i++) {
			this.socket.writeInbound("connection");
		}
		note();
		this.now++;
		this.socket.advanceTimeBy(1, TimeUnit.MILLISECONDS);
		this.socket.runScheduledPendingTasks();
		note();
	}

	private void note() {
		while (this.socket.readInbound() != null) {
			this.waiting--;
			this.accepted.add(this.now);
		}
	}

	private int topSecond() {
		int top = 0;
		int first = 0;
		for (int last = 0; last < this.accepted.size(); last++) {
			while (this.accepted.get(last) - this.accepted.get(first) >= 1_000) {
				first++;
			}
			top = Math.max(top, last - first + 1);
		}
		return top;
	}

}
