package io.meshup.spring.registry;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.meshup.spring.setting.MeshProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class JoinTokenTests {

	private static final List<URI> LOCAL = List.of(URI.create("http://localhost:8761"));

	private static final List<URI> REMOTE = List.of(URI.create("http://192.0.2.1:8761"));

	@TempDir
	Path home;

	@Test
	void theSettingWinsOverTheFile() throws IOException {
		Path file = Files.writeString(this.home.resolve("token"), "of-the-file");

		assertThat(new JoinToken(registry(LOCAL, "given", file), this.home).get()).isEqualTo("given");
	}

	@Test
	void followsItsFile() throws IOException {
		Path file = Files.writeString(this.home.resolve("token"), "first\n");
		JoinToken token = new JoinToken(registry(LOCAL, " ", file), this.home);
		assertThat(token.get()).isEqualTo("first");

		Files.writeString(file, "second\n");
		assertThat(token.get()).isEqualTo("second");

		Files.delete(file);
		assertThat(token.get()).isEqualTo("second");
	}

	@Test
	void findsTheTokenOfThisMachinesRegistryAlsoLater() throws IOException {
		JoinToken token = new JoinToken(registry(LOCAL, null, null), this.home);
		assertThat(token.get()).isEmpty();
		assertThat(token.source()).isEqualTo("none found");

		Path file = Files.writeString(this.home.resolve("join-token"), "found\n");
		assertThat(token.get()).isEqualTo("found");
		assertThat(token.source()).isEqualTo(file.toString());
	}

	@Test
	void doesNotSendTheLocalRegistrysTokenElsewhere() throws IOException {
		Files.writeString(this.home.resolve("join-token"), "found\n");

		assertThat(new JoinToken(registry(REMOTE, null, null), this.home).get()).isEmpty();
	}

	@Test
	void doesNotShowTheToken() {
		assertThat(registry(LOCAL, "secret", null)).asString().doesNotContain("secret");
	}

	private static MeshProperties.Registry registry(List<URI> urls, @Nullable String token, @Nullable Path file) {
		return new MeshProperties.Registry(urls, token, file, MeshProperties.Watch.USED, Duration.ofHours(1),
				"mesh.local");
	}

}
