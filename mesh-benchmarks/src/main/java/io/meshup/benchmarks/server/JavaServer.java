package io.meshup.benchmarks.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server in a JVM of its own, with the same flags for all, so that what it costs can be
 * told from what the others cost. It prints {@code port N} when it listens.
 */
public final class JavaServer implements Contestant {

	/** The same for every server that is compared. */
	private static final List<String> FLAGS = List.of("-Xms256m", "-Xmx256m");

	private static final String READY = "port ";

	private final Process process;

	private final int port;

	private JavaServer(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts a server and waits until it listens.
	 * @param classPath its class path
	 * @param main its main class
	 * @param arguments the arguments of its main class
	 * @return the running server
	 */
	public static JavaServer start(String classPath, Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(FLAGS);
		command.addAll(Arrays.asList(System.getProperty("mesh.benchmarks.flags", "").split(" ")));
		command.removeIf(String::isEmpty);
		command.addAll(List.of("-cp", classPath, main.getName()));
		command.addAll(List.of(arguments));
		try {
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
			return new JavaServer(process, awaitPort(process.inputReader(), main));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * This process's class path in part.
	 * @param wanted which files of the libraries
	 * @return a class path
	 */
	public static String classPath(Predicate<String> wanted) {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> wanted.test(Path.of(entry).getFileName().toString()))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static int awaitPort(BufferedReader output, Class<?> main) throws IOException {
		String line = output.readLine();
		while (line != null && !line.startsWith(READY)) {
			System.err.println(line);
			line = output.readLine();
		}
		if (line == null) {
			throw new IllegalStateException(main.getSimpleName() + " ended before it named its port");
		}
		return Integer.parseInt(line.substring(READY.length()));
	}

	/**
	 * Called by the server's own main method.
	 * @param port where it listens
	 */
	public static void ready(int port) {
		System.out.println(READY + port);
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public ProcessHandle process() {
		return this.process.toHandle();
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
