package io.meshup.registry.store.redis.write;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.lettuce.core.RedisURI;
import io.meshup.registry.store.MeshStoreContract;
import io.meshup.registry.store.commit.RetentionPlan;
import io.meshup.registry.store.redis.RedisContainer;
import io.meshup.registry.store.redis.RedisStore;
import io.meshup.registry.store.redis.TestStores;
import io.meshup.registry.store.redis.connection.Parts;
import io.meshup.registry.store.redis.connection.RedisKeys;
import io.meshup.registry.store.redis.connection.RedisLine;
import io.meshup.registry.store.redis.connection.RedisProperties;
import io.meshup.registry.store.redis.connection.RedisServer;
import io.meshup.registry.store.redis.log.Head;
import io.meshup.registry.store.redis.log.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TrimmedRows}.
 */
@Testcontainers(disabledWithoutDocker = true)
class TrimmedRowsIntegrationTests {

	private static final int VERSIONS = 3;

	private final RedisProperties properties = TestStores.properties(TestStores.name());

	private RedisStore store;

	private Parts parts;

	private TrimmedRows rows;

	@BeforeEach
	void open() {
		RedisContainer redis = RedisContainer.shared();
		RedisServer server = TestStores.server(RedisURI.builder().withHost(redis.getHost()).withPort(redis.port()));
		this.store = TestStores.open(server, this.properties);
		this.parts = new Parts(server, new RedisLine(server::connect, Duration.ofSeconds(5)),
				new RedisKeys(this.properties.name()), () -> "id", this.properties);
		this.rows = new TrimmedRows(this.parts, VERSIONS);
		this.rows.begin(new RetentionPlan(VERSIONS, Instant.MIN));
	}

	@AfterEach
	void close() throws InterruptedException {
		this.store.close();
		this.parts.line().close();
	}

	private Head write(int times) {
		Flux.range(0, times)
			.flatMap((i) -> this.store.write((present) -> List.of(MeshStoreContract.put("s", i))), 50)
			.blockLast();
		return Head.parse(Wire.text(this.parts.line().call((commands) -> commands.get(this.parts.keys().head()))));
	}

	@Test
	void readsEachRowOnce() {
		assertThat(this.rows.readTo(write(1_000))).isTrue();
		long first = this.rows.pages();

		assertThat(this.rows.readTo(write(50))).isTrue();

		assertThat(first).isEqualTo(11);
		assertThat(this.rows.pages()).isEqualTo(12);
	}

	@Test
	void readsOnlyTheBlocksAgainThatLoseRows() {
		this.rows.readTo(write(1_000));
		long before = this.rows.pages();
		Set<Long> dropped = LongStream.rangeClosed(300, 310).boxed().collect(Collectors.toSet());

		TrimmedRows.Rest rest = this.rows.without(dropped);
		TrimmedRows all = new TrimmedRows(this.parts, VERSIONS);
		all.begin(new RetentionPlan(VERSIONS, Instant.MIN));
		dropped.forEach((sequence) -> this.parts.line()
			.call((commands) -> commands.xdel(this.parts.keys().ledger(), sequence + "-0")));
		all.readTo(Head.parse(Wire.text(this.parts.line().call((commands) -> commands.get(this.parts.keys().head())))));

		assertThat(this.rows.pages() - before).isEqualTo(3);
		assertThat(rest.touched()).containsExactly("rule:Route/s");
		assertThat(rest.kept().digest()).as("as if all were read anew")
			.isEqualTo(all.without(Set.of()).kept().digest());
	}

	@Test
	void letsGoWhatIsOneVersionTooManyInSteps() {
		this.rows.readTo(write(6_000));

		Set<Long> next = this.rows.next();

		assertThat(next).hasSize(5_000).containsAll(LongStream.rangeClosed(1, 5_000).boxed().toList());
	}

	@Test
	void noticesThatItIsAnotherLedger() {
		Head head = write(10);
		this.rows.readTo(head);

		assertThat(this.rows.readTo(head)).isTrue();
		assertThat(this.rows.readTo(new Head(5, head.last()))).as("it ends before").isFalse();
		write(1);
		this.parts.line().call((commands) -> commands.xdel(this.parts.keys().ledger(), "11-0"));
		assertThat(this.rows.readTo(write(1))).as("a row is missing").isFalse();
	}

}
