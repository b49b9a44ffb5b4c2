package io.meshup.spring.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a proxy does with the bytes that come by. Called for each piece of one direction
 * of one connection, by one thread.
 */
public interface Fault {

	/**
	 * Everything passes.
	 */
	Fault NONE = (piece, wire) -> wire.pass(piece, piece.length);

	/**
	 * Nothing passes and nothing ends: the peer is there for TCP and for nobody else.
	 */
	Fault SILENCE = (piece, wire) -> {
	};

	void carry(byte[] piece, Wire wire) throws IOException, InterruptedException;

	/**
	 * A long way, with packets that are lost and sent again: TCP hides a loss, so it
	 * shows as a wait.
	 * @param mean how long each piece takes
	 * @param spread by how much that varies, either way
	 * @param lossPercent how many pieces are lost
	 * @param resend after which time a lost one is sent again
	 * @return the fault
	 */
	static Fault distance(Duration mean, Duration spread, int lossPercent, Duration resend) {
		return (piece, wire) -> {
			ThreadLocalRandom random = ThreadLocalRandom.current();
			long millis = mean.toMillis() - spread.toMillis() + random.nextLong(2 * spread.toMillis() + 1);
			boolean lost = random.nextInt(100) < lossPercent;
			Thread.sleep(lost ? millis + resend.toMillis() : millis);
			wire.pass(piece, piece.length);
		};
	}

	/**
	 * Answers come byte by byte.
	 * @param pause between two bytes
	 * @return the fault
	 */
	static Fault drip(Duration pause) {
		return onAnswers((piece, wire) -> {
			for (byte each : piece) {
				wire.pass(new byte[] { each }, 1);
				Thread.sleep(pause.toMillis());
			}
		});
	}

	/**
	 * The connection is reset in the middle of an answer.
	 * @param bytes how much of the answer comes
	 * @return the fault
	 */
	static Fault resetAfter(int bytes) {
		return after(bytes, Wire::reset);
	}

	/**
	 * The connection ends in the middle of an answer, as if that were all.
	 * @param bytes how much of the answer comes
	 * @return the fault
	 */
	static Fault endAfter(int bytes) {
		return after(bytes, Wire::end);
	}

	/**
	 * Nonsense comes in the middle of an answer.
	 * @param bytes how much of the answer comes before
	 * @param nonsense what comes then, and nothing after it
	 * @return the fault
	 */
	static Fault nonsenseAfter(int bytes, byte[] nonsense) {
		return after(bytes, (wire) -> wire.pass(nonsense, nonsense.length));
	}

	private static Fault after(int bytes, Ending ending) {
		return onAnswers((piece, wire) -> {
			int left = (int) Math.max(0, bytes - wire.passed());
			wire.pass(piece, Math.min(left, piece.length));
			if (piece.length >= left && !wire.isBroken()) {
				wire.markBroken();
				ending.apply(wire);
			}
		});
	}

	private static Fault onAnswers(Fault fault) {
		return (piece, wire) -> (wire.isAnswer() ? fault : NONE).carry(piece, wire);
	}

	/**
	 * How an answer ends.
	 */
	interface Ending {

		void apply(Wire wire) throws IOException;

	}

}
