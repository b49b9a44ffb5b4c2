package io.meshup.registry.history.check;

import java.util.List;

import io.meshup.registry.history.operation.Answer;
import io.meshup.registry.history.operation.Attempt;
import io.meshup.registry.history.operation.Operation;
import io.meshup.registry.history.operation.Sighting;
import io.meshup.registry.history.operation.Version;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must be found beside the order of operations.
 */
class RuleRecordTests {

	private static final List<Version> VERSIONS = List.of(new Version(11, 1), new Version(12, 2), new Version(13, 0),
			new Version(14, 3));

	private final RuleRecord rule = new RuleRecord();

	RuleRecordTests() {
		this.rule.add(new Operation("a", Attempt.write(1), Answer.done(11), 0, 1));
		this.rule.add(new Operation("a", Attempt.cas(11, 2), Answer.done(12), 2, 3));
		this.rule.add(new Operation("a", Attempt.cas(12, 0), Answer.done(13), 4, 5));
		this.rule.add(new Operation("a", Attempt.cas(0, 3), Answer.unknown(), 6, 7));
	}

	private void see(String reader, long revision, int value, long at) {
		this.rule.add(new Sighting(reader, new Version(revision, value), at));
	}

	private void assertOnly(String violation) {
		assertThat(this.rule.violations(VERSIONS)).singleElement().asString().contains(violation);
	}

	@Test
	void findsNothingInAGoodHistory() {
		see("r", 11, 1, 8);
		see("r", 11, 1, 8);
		see("r", 12, 2, 9);
		see("r", Answer.NOT_KNOWN, 0, 10);
		see("late", Answer.NOT_KNOWN, 0, 11);
		see("late", 11, 1, 12);
		see("r", 14, 3, 13);

		assertThat(this.rule.violations(VERSIONS)).isEmpty();
	}

	@Test
	void findsALostAcknowledgedWrite() {
		this.rule.add(new Operation("b", Attempt.write(4), Answer.done(15), 20, 21));

		assertOnly("acknowledged and lost: b write(4)");
	}

	@Test
	void findsARefusedWriteThatWasKept() {
		this.rule.add(new Operation("b", Attempt.write(3), Answer.refused(), 6, 7));

		assertOnly("refused and kept: b write(3)");
	}

	@Test
	void findsAReaderThatGoesBack() {
		see("r", 12, 2, 9);
		see("r", 11, 1, 10);

		assertOnly("seen after revision 12");
	}

	@Test
	void findsADeletedRuleThatComesBack() {
		see("r", 12, 2, 9);
		see("r", Answer.NOT_KNOWN, 0, 10);
		see("r", 12, 2, 11);

		assertOnly("seen after revision 13");
	}

	@Test
	void findsAContentThatNeverWas() {
		see("r", 12, 7, 9);

		assertThat(this.rule.violations(VERSIONS)).hasSize(2).allMatch((text) -> text.contains("value=7"));
	}

	@Test
	void findsAContentThatWasSeenBeforeItWasWritten() {
		see("r", 12, 2, 1);

		assertOnly("seen before it was written");
	}

	@Test
	void findsAHistoryThatGoesBack() {
		List<Version> versions = List.of(new Version(11, 1), new Version(12, 2), new Version(13, 0), new Version(9, 5));

		assertThat(this.rule.violations(versions)).singleElement().asString().contains("the history goes back");
	}

	@Test
	void findsWhatNoOrderExplains() {
		this.rule.add(new Operation("b", Attempt.cas(11, 4), Answer.saw(11), 2, 3));

		assertOnly("no order explains the answers");
	}

}
