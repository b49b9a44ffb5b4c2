package io.meshup.registry.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;

import io.meshup.registry.ManualClock;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.security.credential.CredentialException;
import io.meshup.registry.security.credential.CredentialFiles;
import io.meshup.registry.security.credential.Secret;
import io.meshup.registry.security.password.LoginThrottle;
import io.meshup.registry.security.password.Passwords;
import io.meshup.registry.security.rate.RateSettings;
import io.meshup.registry.security.session.Session;
import io.meshup.registry.security.session.Sessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CredentialFiles}, {@link Passwords}, {@link LoginThrottle},
 * {@link VerifiedMemory} and {@link Sessions}.
 */
class SecurityPartsTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final ManualClock clock = new ManualClock();

	@TempDir
	private Path directory;

	@Test
	void makesACredentialOnceThatOnlyTheOwnerCanRead() throws IOException {
		CredentialFiles files = new CredentialFiles(this.directory);

		Secret first = files.find("join-token", null, null);
		Secret again = files.find("join-token", "", null);

		assertThat(first).isEqualTo(again);
		assertThat(first.value()).hasSizeGreaterThanOrEqualTo(32);
		assertThat(first).hasToString("***");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory.resolve("join-token"))))
			.isEqualTo("rw-------");
	}

	@Test
	void takesAGivenCredentialBeforeAFile() throws IOException {
		Path file = Files.writeString(this.directory.resolve("given"), "from-the-file\n");
		CredentialFiles files = new CredentialFiles(this.directory);

		assertThat(files.find("admin-password", "from-the-setting", file).value()).isEqualTo("from-the-setting");
		assertThat(files.find("admin-password", null, file).value()).isEqualTo("from-the-file");
		assertThat(this.directory.resolve("admin-password")).doesNotExist();
	}

	@Test
	void refusesAWeakCredentialWithoutPrintingIt() {
		CredentialFiles files = new CredentialFiles(this.directory);

		assertThatExceptionOfType(CredentialException.class)
			.isThrownBy(() -> files.find("admin-password", "abc1234", null))
			.withMessage(
					"The admin-password in mesh.registry.security.admin-password is too weak: it has 7 characters, "
							+ "at least 8 were expected.");
	}

	@Test
	void saysWhichFileCannotBeRead() {
		Path missing = this.directory.resolve("missing");

		assertThatExceptionOfType(CredentialException.class)
			.isThrownBy(() -> new CredentialFiles(this.directory).find("join-token", null, missing))
			.withMessageContaining(missing.toString());
	}

	@Test
	void allowsTenTriesAMinutePerAddressAndUser() {
		LoginThrottle throttle = new LoginThrottle(new RateSettings(10, 20, 1, 2, 10, 60), this.clock);
		for (int i = 0; i < 10; i++) {
			assertThat(throttle.acquire("1.2.3.4", "admin")).isZero();
		}

		assertThat(throttle.acquire("1.2.3.4", "admin")).isBetween(1L, 61L);
		assertThat(throttle.acquire("1.2.3.5", "admin")).isZero();
		assertThat(throttle.acquire("1.2.3.4", "other")).isZero();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(throttle.acquire("1.2.3.4", "admin")).isZero();
	}

	@Test
	void allowsSixtyTriesAMinutePerAddressWhateverTheUsersAreCalled() {
		LoginThrottle throttle = new LoginThrottle(new RateSettings(10, 20, 1, 2, 10, 60), this.clock);
		for (int i = 0; i < 60; i++) {
			assertThat(throttle.acquire("1.2.3.4", "user" + i)).isZero();
		}

		assertThat(throttle.acquire("1.2.3.4", "another")).isBetween(1L, 61L);
		assertThat(throttle.acquire("1.2.3.5", "another")).isZero();
	}

	@Test
	void doesNotCountARightPassword() {
		LoginThrottle throttle = new LoginThrottle(new RateSettings(10, 20, 1, 2, 10, 60), this.clock);
		for (int i = 0; i < 100; i++) {
			assertThat(throttle.acquire("1.2.3.4", "admin")).isZero();
			throttle.giveBack("1.2.3.4", "admin");
		}
	}

	@Test
	void checksUserAndPasswordAndThrottlesWrongOnes() {
		try (Passwords passwords = new Passwords(Map.of("admin", new Secret("correct-horse")),
				new RateSettings(10, 20, 1, 2, 10, 60), this.clock)) {
			StepVerifier.create(passwords.check("admin", "correct-horse", "a"))
				.expectNext(true)
				.expectComplete()
				.verify(LIMIT);
			StepVerifier.create(passwords.check("root", "correct-horse", "a"))
				.expectNext(false)
				.expectComplete()
				.verify(LIMIT);
			for (int i = 0; i < 10; i++) {
				StepVerifier.create(passwords.check("admin", "wrong", "a"))
					.expectNext(false)
					.expectComplete()
					.verify(LIMIT);
			}

			StepVerifier.create(passwords.check("admin", "wrong", "a")).expectErrorSatisfies((error) -> {
				assertThat(((ApiProblem) error).status().value()).isEqualTo(429);
				assertThat(((ApiProblem) error).headers().getFirst("Retry-After")).isNotNull();
			}).verify(LIMIT);
		}
	}

	@Test
	void takesTheSameRightPasswordSentManyTimesAtOnceForOneTry() {
		try (Passwords passwords = new Passwords(Map.of("admin", new Secret("correct-horse")),
				new RateSettings(10, 20, 1, 2, 10, 60), this.clock)) {
			Flux<Boolean> checks = Flux.range(0, 50).flatMap((i) -> passwords.check("admin", "correct-horse", "a"), 50);

			StepVerifier.create(checks.all(Boolean::booleanValue)).expectNext(true).expectComplete().verify(LIMIT);
		}
	}

	@Test
	void putsOffWhatItCannotCheckInTime() {
		Scheduler narrow = Schedulers.newBoundedElastic(1, 2, "narrow");
		try (Passwords passwords = new Passwords(Map.of("admin", new Secret("correct-horse")),
				new RateSettings(10, 20, 1, 2, 10, 60), this.clock, narrow)) {
			Flux<Integer> statuses = Flux.range(0, 20)
				.flatMap((i) -> passwords.check("user" + i, "wrong", "address" + i)
					.map((isRight) -> 401)
					.onErrorResume(ApiProblem.class, (problem) -> Mono.just(problem.status().value())), 20);

			StepVerifier.create(statuses.distinct().sort()).expectNext(401, 503).expectComplete().verify(LIMIT);
		}
	}

	@Test
	void endsASessionThatWasIdleForHalfAnHour() {
		Sessions sessions = new Sessions(1_000, this.clock);
		Session session = sessions.start("admin");
		String id = session.id().value();

		this.clock.advance(Duration.ofMinutes(29));
		assertThat(sessions.find(id)).contains(session);
		this.clock.advance(Duration.ofMinutes(29));
		assertThat(sessions.find(id)).contains(session);
		this.clock.advance(Duration.ofMinutes(30));
		assertThat(sessions.find(id)).isEmpty();
		assertThat(session.toString()).doesNotContain(id).doesNotContain(session.csrf().value());
	}

}
