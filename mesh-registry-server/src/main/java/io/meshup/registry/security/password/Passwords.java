package io.meshup.registry.security.password;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.security.credential.Secret;
import io.meshup.registry.security.rate.RateSettings;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Checks the administrator's password, which is kept hashed, off the event loops. An
 * unknown user costs the same time as a wrong password. The same password sent many times
 * at once is one try, so a script that opens with twenty calls is neither throttled nor
 * hashed twenty times.
 */
public final class Passwords implements AutoCloseable {

	private static final String NOBODY = "";

	private final PasswordEncoder encoder = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();

	private final Scheduler scheduler;

	private final Map<String, String> hashes = new HashMap<>();

	private final VerifiedMemory memory;

	private final LoginThrottle throttle;

	private final Map<String, Mono<Boolean>> running = new ConcurrentHashMap<>();

	/**
	 * Keeps hashes of passwords.
	 * @param passwords the password of each user
	 * @param settings how many wrong ones are taken
	 * @param nanoClock tells when a try was
	 */
	public Passwords(Map<String, Secret> passwords, RateSettings settings, LongSupplier nanoClock) {
		this(passwords, settings, nanoClock, Schedulers.newBoundedElastic(2, 100, "mesh-login"));
	}

	public Passwords(Map<String, Secret> passwords, RateSettings settings, LongSupplier nanoClock,
			Scheduler scheduler) {
		this.scheduler = scheduler;
		passwords.forEach((user, password) -> this.hashes.put(user, encoded(password.value())));
		this.hashes.put(NOBODY, encoded(UUID.randomUUID().toString()));
		this.memory = new VerifiedMemory(nanoClock);
		this.throttle = new LoginThrottle(settings, nanoClock);
	}

	private String encoded(String password) {
		return String.valueOf(this.encoder.encode(password));
	}

	/**
	 * Checks a password.
	 * @param user the user
	 * @param password the password
	 * @param address where the try comes from
	 * @return whether it is right; fails with 429 after too many tries
	 */
	public Mono<Boolean> check(String user, String password, String address) {
		return Mono.defer(() -> {
			if (this.memory.knows(user, password)) {
				return Mono.just(true);
			}
			String check = address + ' ' + this.memory.mark(user, password);
			return this.running.computeIfAbsent(check,
					(key) -> tried(user, password, address).doOnTerminate(() -> this.running.remove(key)).cache());
		});
	}

	private Mono<Boolean> tried(String user, String password, String address) {
		return Mono.defer(() -> {
			long wait = this.throttle.acquire(address, user);
			if (wait > 0) {
				return Mono.error(tooMany(wait));
			}
			return Mono.fromCallable(() -> verify(user, password))
				.subscribeOn(this.scheduler)
				.doOnNext((isRight) -> note(isRight, user, password, address))
				.onErrorMap(RejectedExecutionException.class, (ex) -> {
					this.throttle.giveBack(address, user);
					return busy();
				});
		});
	}

	@Override
	public void close() {
		this.scheduler.dispose();
	}

	// An unknown user costs the same hash, which no password fits.
	private boolean verify(String user, String password) {
		String hash = this.hashes.get(user);
		boolean isRight = this.encoder.matches(password, (hash != null) ? hash : this.hashes.get(NOBODY));
		return isRight && hash != null && !user.isEmpty();
	}

	private void note(boolean isRight, String user, String password, String address) {
		if (isRight) {
			this.memory.remember(user, password);
			this.throttle.giveBack(address, user);
		}
	}

	private static ApiProblem tooMany(long seconds) {
		return later(HttpStatus.TOO_MANY_REQUESTS,
				"Too many wrong passwords from this address (mesh.registry.limits.wrong-passwords-per-user and -per-address)."
						+ " Try again in " + seconds + " s.",
				seconds);
	}

	private static ApiProblem busy() {
		return later(HttpStatus.SERVICE_UNAVAILABLE,
				"Too many passwords are being checked at present, so this one was not. Try again in 1 s.", 1);
	}

	private static ApiProblem later(HttpStatus status, String detail, long seconds) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
		return ApiProblem.of(status, detail).withHeaders(headers);
	}

}
