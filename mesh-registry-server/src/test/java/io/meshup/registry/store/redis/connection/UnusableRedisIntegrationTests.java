package io.meshup.registry.store.redis.connection;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.meshup.registry.store.redis.ExpiredCertificate;
import io.meshup.registry.store.redis.RedisContainer;
import io.meshup.registry.store.redis.TestStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * T40 and T42: what a start must refuse, soon, with the cause and without the secret.
 */
@Testcontainers(disabledWithoutDocker = true)
class UnusableRedisIntegrationTests {

	private static final String SECRET = "not-the-password-1b7c";

	private final RedisContainer redis = RedisContainer.shared();

	private final RedisProperties properties = new RedisProperties(TestStores.name(), 0, Duration.ofMillis(500),
			Duration.ofMillis(900), Duration.ofMillis(500), Duration.ofSeconds(3));

	@AfterEach
	void mend() {
		this.redis.cli("config", "set", "maxmemory-policy", "noeviction");
		this.redis.cli("acl", "deluser", "small");
	}

	private RedisURI.Builder address() {
		return RedisURI.builder().withHost(this.redis.getHost()).withPort(this.redis.port());
	}

	private String refusal(RedisURI.Builder address) {
		return refusal(TestStores.server(address));
	}

	private String refusal(RedisServer server) {
		long begin = System.nanoTime();
		RedisUnusableException refusal = catchThrowableOfType(RedisUnusableException.class,
				() -> TestStores.open(server, this.properties));
		Duration took = Duration.ofNanos(System.nanoTime() - begin);
		assertThat(refusal).isNotNull();
		FailureAnalysis analysis = new RedisUnusableFailureAnalyzer().analyze(refusal, refusal);
		String text = analysis.getDescription() + " " + analysis.getAction();
		System.out.printf("T42: refused after %d ms: %s%n", took.toMillis(), text);
		assertThat(text).doesNotContain(SECRET);
		assertThat(took).isLessThan(Duration.ofSeconds(20));
		return text;
	}

	@Test
	void refusesARedisThatMayDropRules() {
		this.redis.cli("config", "set", "maxmemory-policy", "allkeys-lru");

		assertThat(refusal(address())).contains("maxmemory-policy 'allkeys-lru'")
			.contains("Set 'maxmemory-policy noeviction'");
	}

	@Test
	void namesAWrongPassword() {
		this.redis.cli("acl", "setuser", "small", "on", ">the-right-one", "~*", "&*", "+@all");

		assertThat(refusal(address().withAuthentication("small", SECRET))).contains("credentials")
			.contains("WRONGPASS")
			.contains("spring.data.redis.password");
	}

	@Test
	void namesAMissingPermission() {
		this.redis.cli("acl", "setuser", "small", "on", ">" + SECRET, "~*", "&*", "+@connection", "+info");

		assertThat(refusal(address().withAuthentication("small", SECRET))).contains("no permissions to run")
			.contains("docs/operations.md");
	}

	@Test
	void namesARedisThatSpeaksNoTls() {
		assertThat(refusal(address().withSsl(true))).containsIgnoringCase("ssl");
	}

	@Test
	void namesAnExpiredCertificate(@TempDir Path directory) throws Exception {
		ExpiredCertificate expired = ExpiredCertificate.in(directory);
		Path authority = Files.writeString(directory.resolve("ca.pem"), expired.authority());
		try (RedisContainer overTls = RedisContainer.startedOverTls(expired)) {
			RedisURI.Builder address = RedisURI.builder()
				.withHost("127.0.0.1")
				.withPort(overTls.port())
				.withSsl(true)
				.withAuthentication("default", SECRET);
			SslOptions trusted = SslOptions.builder().jdkSslProvider().trustManager(authority.toFile()).build();

			assertThat(refusal(TestStores.server(address, ClientOptions.builder().sslOptions(trusted))))
				.contains("No TLS connection to Redis can be made")
				.contains("NotAfter")
				.contains("see that the certificate is valid today");
		}
	}

	@Test
	void namesWhereNobodyAnswers() {
		assertThat(refusal(RedisURI.builder().withHost("127.0.0.1").withPort(1))).contains("127.0.0.1")
			.contains("spring.data.redis.host");
	}

}
