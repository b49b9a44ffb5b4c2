package io.meshup.e2e.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.meshup.e2e.machine.Requirement;
import io.meshup.e2e.mesh.SharedMesh;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The demo in containers, from the repository's docker-compose.yml, under a project name,
 * an image and ports of its own. Its image is made of the jars that the build has just
 * made. It may begin while another test waits, and ends with the last test of all.
 */
public final class ComposeProject implements AutoCloseable {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Path OUTPUT = Path.of("target", "compose").toAbsolutePath();

	private static final List<String> JARS = List.of("mesh-registry-server", "mesh-gateway", "demo-apps/inventory",
			"demo-apps/payments", "demo-apps/catalog", "demo-apps/orders", "demo-apps/storefront", "demo-apps/shopper");

	/**
	 * The order of classes that use it: after the {@link SharedMesh}, because ten more
	 * processes disturb what has tight limits.
	 */
	public static final int LAST = SharedMesh.LAST + 2;

	private final String name = "mesh-up-test-" + ProcessHandle.current().pid();

	private final String image = "mesh-up/demo:" + this.name;

	private @Nullable CompletableFuture<Void> up;

	private ComposeProject() {
	}

	private static boolean isAvailable() {
		try {
			run(new ProcessBuilder("docker", "compose", "version"), 20);
			run(new ProcessBuilder("docker", "info"), 20);
			return true;
		}
		catch (UncheckedIOException | IllegalStateException ex) {
			return false;
		}
	}

	/**
	 * Begins to build the image and to start the containers, unless that has begun or
	 * nothing here can.
	 */
	public void begin() {
		if (this.up == null && isAvailable()) {
			gatherJars();
			this.up = CompletableFuture
				.runAsync(() -> compose(300, "up", "--build", "--detach", "--wait", "--wait-timeout", "240"));
		}
	}

	/**
	 * Waits until all is healthy.
	 */
	public void awaitUp() {
		begin();
		CompletableFuture<Void> begun = this.up;
		Requirement.check(begun != null,
				"No Docker engine with Compose v2 answers. Install Docker to run the demo in containers.");
		if (begun != null) {
			begun.join();
		}
	}

	public URI uri(String service, int port, String path) {
		return URI.create("http://" + compose(20, "port", service, String.valueOf(port)).strip() + path);
	}

	public String password() {
		return compose(20, "exec", "-T", "registry", "cat", "/data/admin-password").strip();
	}

	public String compose(int seconds, String... arguments) {
		List<String> command = new ArrayList<>(List.of("docker", "compose", "--ansi", "never", "--progress", "plain",
				"-p", this.name, "-f", "docker-compose.yml", "-f", ".ci/compose.yml"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile());
		builder.environment().put("MESH_JARS", OUTPUT.resolve("jars").toString());
		builder.environment().put("MESH_IMAGE", this.image);
		builder.environment().put("MESH_REGISTRY_PORT", "0");
		builder.environment().put("MESH_GATEWAY_PORT", "0");
		return run(builder, seconds);
	}

	private static String run(ProcessBuilder builder, int seconds) {
		try {
			Files.createDirectories(OUTPUT);
			Path out = Files.createTempFile(OUTPUT, "out-", ".log");
			Path err = Files.createTempFile(OUTPUT, "err-", ".log");
			Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
			if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw failure(builder, "did not end within " + seconds + " s", out, err);
			}
			if (process.exitValue() != 0) {
				throw failure(builder, "ended with " + process.exitValue(), out, err);
			}
			return Files.readString(out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static IllegalStateException failure(ProcessBuilder builder, String what, Path out, Path err)
			throws IOException {
		return new IllegalStateException(
				builder.command() + " " + what + ": " + Files.readString(err) + Files.readString(out));
	}

	private static void gatherJars() {
		try {
			Path jars = Files.createDirectories(OUTPUT.resolve("jars"));
			for (String module : JARS) {
				String jar = Path.of(module).getFileName() + ".jar";
				Files.copy(ROOT.resolve(module).resolve("target").resolve(jar), jars.resolve(jar),
						StandardCopyOption.REPLACE_EXISTING);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Keeps the logs and takes everything down, volumes and image included.
	 */
	@Override
	public void close() throws IOException {
		if (this.up == null) {
			return;
		}
		// Whoever waited for it has heard of a failure; nothing may be taken down under
		// it.
		this.up.handle((done, failure) -> done).join();
		Files.writeString(OUTPUT.resolve("containers.log"), compose(60, "logs", "--no-color", "--timestamps"));
		compose(120, "down", "--volumes", "--remove-orphans");
		run(new ProcessBuilder("docker", "image", "rm", this.image), 60);
		try (Stream<Path> files = Files.list(OUTPUT.resolve("jars"))) {
			for (Path jar : files.toList()) {
				Files.delete(jar);
			}
		}
	}

	/**
	 * Gives the project to whoever asks for it as a parameter, the same one to all.
	 */
	public static final class Resolver implements ParameterResolver {

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return parameter.getParameter().getType() == ComposeProject.class;
		}

		@Override
		public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
			return context.getRoot()
				.getStore(ExtensionContext.Namespace.GLOBAL)
				.computeIfAbsent(ComposeProject.class, (key) -> new ComposeProject(), ComposeProject.class);
		}

	}

}
