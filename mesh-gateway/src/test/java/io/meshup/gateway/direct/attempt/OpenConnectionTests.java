package io.meshup.gateway.direct.attempt;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import reactor.netty.Connection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whichever of timeout, cancellation and the head of an answer comes first: no connection
 * stays open that nobody reads.
 */
class OpenConnectionTests {

	private final OpenConnection open = new OpenConnection();

	private final Connection first = connection();

	private final Connection next = connection();

	@Test
	void closesWhatTheAttemptBeforeLeftWhenTheNextBegins() {
		begin("a");
		this.open.keep("a", this.first);

		begin("b");

		assertThat(isOpen(this.first)).isFalse();
	}

	@Test
	void closesWhatComesForAnAttemptThatIsOver() {
		begin("a");
		begin("b");
		this.open.keep("b", this.next);

		this.open.keep("a", this.first);

		assertThat(isOpen(this.first)).isFalse();
		assertThat(isOpen(this.next)).isTrue();
	}

	@Test
	void closesWhatComesAfterTheEnd() {
		begin("a");
		this.open.close();

		this.open.keep("a", this.first);

		assertThat(isOpen(this.first)).isFalse();
	}

	@Test
	void staysClosedWhenAnAttemptBeginsAfterTheEnd() {
		this.open.close();
		begin("a");

		this.open.keep("a", this.first);

		assertThat(isOpen(this.first)).isFalse();
	}

	@Test
	void closesThePresentOneAndKeepsTheNextWhenAnAnswerIsThrownAway() {
		begin("a");
		this.open.keep("a", this.first);
		this.open.drop();
		begin("b");

		this.open.keep("b", this.next);

		assertThat(isOpen(this.first)).isFalse();
		assertThat(isOpen(this.next)).isTrue();
	}

	private void begin(String attempt) {
		this.open.begin(attempt);
	}

	private static Connection connection() {
		return Connection.from(new EmbeddedChannel());
	}

	private static boolean isOpen(Connection connection) {
		return connection.channel().isOpen();
	}

}
