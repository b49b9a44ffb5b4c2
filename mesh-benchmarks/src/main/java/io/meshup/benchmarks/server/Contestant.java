package io.meshup.benchmarks.server;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * A server in a process of its own.
 */
public interface Contestant extends AutoCloseable {

	/**
	 * Where it listens, on 127.0.0.1.
	 * @return the port
	 */
	int port();

	/**
	 * The process.
	 * @return its handle
	 */
	ProcessHandle process();

	/**
	 * How long it takes until it is as fast as it gets.
	 * @param compiled what a server takes that is compiled while it runs
	 * @return less for others
	 */
	default Duration warmUp(Duration compiled) {
		return compiled;
	}

	@Override
	void close();

	/**
	 * How long its threads, and its children's, have run by now.
	 * @return in steps of the kernel's 10 ms
	 */
	default Duration cpu() {
		return Stream.concat(Stream.of(process()), process().descendants())
			.map((process) -> process.info().totalCpuDuration().orElse(Duration.ZERO))
			.reduce(Duration.ZERO, Duration::plus);
	}

}
