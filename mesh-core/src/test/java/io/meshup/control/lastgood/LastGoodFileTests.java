package io.meshup.control.lastgood;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import io.meshup.control.FakeRegistry;
import io.meshup.model.MeshJson;
import io.meshup.model.ServiceSnapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LastGoodFile} and {@link CacheDirectory}.
 */
class LastGoodFileTests {

	private final LastGood state = new LastGood("reg-a", List.of(snapshot("catalog", 5), snapshot("orders", 7)),
			Set.of(), Set.of(), Set.of(), Set.of(), List.of());

	@TempDir
	private Path home;

	private Path directory;

	private Path path;

	private LastGoodFile file;

	@BeforeEach
	void setUp() {
		this.directory = this.home.resolve("mesh/cache");
		this.path = this.directory.resolve("shop");
		this.file = new LastGoodFile(this.path, new CacheDirectory(this.directory));
	}

	@Test
	void bringsBackWhatWasWritten() throws IOException {
		assertThat(this.file.read()).isEmpty();
		this.file.write(new LastGood("old", List.of(), Set.of(), Set.of(), Set.of(), Set.of(), List.of()));
		this.file.write(this.state);

		assertThat(this.file.read()).contains(this.state);
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).containsExactly(this.path);
		}
	}

	@Test
	void makesDirectoryAndFileForThisUserAlone() throws IOException {
		this.file.write(this.state);

		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory))).isEqualTo("rwx------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.path))).isEqualTo("rw-------");
	}

	@Test
	void acceptsNoneOf1000Mutations() throws IOException {
		byte[] good = LastGoodFile.encode(this.state);
		Random random = new Random(19);
		this.file.write(this.state);
		for (int i = 0; i < 1_000; i++) {
			byte[] bad = mutation(good, random);
			if (Arrays.equals(good, bad)) {
				continue;
			}
			if (i % 50 == 0) {
				Files.write(this.path, bad);
				assertThat(this.file.read()).as("mutation %s in a file", i).isEmpty();
			}

			assertThatIllegalArgumentException().as("mutation %s", i).isThrownBy(() -> LastGoodFile.decode(bad));
		}
	}

	@Test
	void acceptsNoFileThatWasCutOff() {
		byte[] good = LastGoodFile.encode(this.state);
		for (int length = 0; length < good.length; length++) {
			byte[] bad = Arrays.copyOf(good, length);

			assertThatIllegalArgumentException().isThrownBy(() -> LastGoodFile.decode(bad));
		}
	}

	@Test
	void ignoresAnotherVersionAndWhatIsNoFile() throws IOException {
		this.file.write(this.state);
		String text = Files.readString(this.path);
		Files.writeString(this.path, text.replace("last-good 1", "last-good 2"));
		assertThat(this.file.read()).isEmpty();

		Files.delete(this.path);
		Files.createDirectory(this.path);
		assertThat(this.file.read()).isEmpty();

		Files.delete(this.path);
		Files.createSymbolicLink(this.path, this.home.resolve("elsewhere"));
		assertThat(this.file.read()).isEmpty();
	}

	@Test
	void ignoresAFileOfAnotherUser() throws IOException {
		this.file.write(this.state);
		CacheDirectory.Owners owners = (asked) -> asked.equals(this.path) ? "mallory" : "me";

		assertThat(new LastGoodFile(this.path, new CacheDirectory(this.directory, owners)).read()).isEmpty();
	}

	@Test
	void refusesADirectoryOfAnotherUser() throws IOException {
		CacheDirectory.Owners owners = (asked) -> asked.equals(this.directory) ? "mallory" : "me";
		LastGoodFile foreign = new LastGoodFile(this.path, new CacheDirectory(this.directory, owners));

		assertThatIOException().isThrownBy(() -> foreign.write(this.state))
			.withMessageContaining("belongs to another user");
		this.file.write(this.state);
		assertThat(foreign.read()).isEmpty();
	}

	@Test
	void refusesADirectoryThatIsAFile() throws IOException {
		Files.writeString(this.home.resolve("mesh"), "in the way");

		assertThatIOException().isThrownBy(() -> this.file.write(this.state));
		assertThat(this.file.read()).isEmpty();
	}

	// T20
	@Test
	void tellsHowLongAgoItWasWrittenOrConfirmed() throws IOException {
		assertThat(this.file.age()).isZero();
		this.file.write(this.state);
		assertThat(this.file.age()).isLessThan(Duration.ofMinutes(1));

		Files.setLastModifiedTime(this.path, FileTime.from(Instant.now().minus(Duration.ofHours(26))));
		assertThat(this.file.age()).isBetween(Duration.ofHours(25), Duration.ofHours(27));
		this.file.confirm();
		assertThat(this.file.age()).isLessThan(Duration.ofMinutes(1));
		Files.setLastModifiedTime(this.path, FileTime.from(Instant.now().plus(Duration.ofHours(26))));
		assertThat(this.file.age()).as("of a clock that jumped").isZero();
		assertThat(this.file.read()).contains(this.state);
	}

	@Test
	void sweepsWhatAKilledProcessLeft() throws IOException {
		CacheDirectory cache = new CacheDirectory(this.directory);
		Path left = cache.temporary("shop.");
		Path other = cache.temporary("shop2.");

		cache.sweep("shop.");

		assertThat(left).doesNotExist();
		assertThat(other).exists();
	}

	private static byte[] mutation(byte[] good, Random random) {
		byte[] bad = good.clone();
		int at = random.nextInt(bad.length);
		return switch (random.nextInt(4)) {
			case 0 -> Arrays.copyOf(bad, at);
			case 1 -> {
				bad[at] ^= (byte) (1 << random.nextInt(8));
				yield bad;
			}
			case 2 -> {
				byte[] noise = new byte[1 + random.nextInt(20)];
				random.nextBytes(noise);
				System.arraycopy(noise, 0, bad, at, Math.min(noise.length, bad.length - at));
				yield bad;
			}
			default -> Arrays.copyOf(bad, bad.length + 1 + random.nextInt(20));
		};
	}

	private static ServiceSnapshot snapshot(String service, long revision) {
		return MeshJson.read(FakeRegistry.snapshot(service, revision).getBytes(StandardCharsets.UTF_8),
				ServiceSnapshot.class);
	}

}
