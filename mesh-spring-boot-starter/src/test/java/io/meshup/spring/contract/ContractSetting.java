package io.meshup.spring.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.meshup.spring.contract.fixture.Answer;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.Backend;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.TestMesh;
import io.meshup.traffic.TrafficEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What every run of the contract needs: a context with the client's beans, a mesh to fill
 * and backends that are closed at the end of each test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
public abstract class ContractSetting {

	private final List<AutoCloseable> open = new ArrayList<>();

	private final TestMesh mesh = new TestMesh();

	private AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private ContractClient client = unset();

	/**
	 * The configuration that the client's beans come from.
	 * @return a configuration class
	 */
	protected abstract Class<?> configuration();

	protected abstract ContractClient client(AnnotationConfigApplicationContext context);

	/**
	 * What the client throws when a connection is refused.
	 * @return the exception
	 */
	protected abstract Class<? extends Exception> ioError();

	/**
	 * Makes a call whose connection breaks.
	 * @param ask the request
	 */
	protected void assertBreaks(Ask ask) {
		assertThatThrownBy(() -> client().call(ask)).isInstanceOf(ioError());
	}

	/**
	 * Whether a body can be sent without being held in memory.
	 * @return {@code true} by default
	 */
	protected boolean streamsUploads() {
		return true;
	}

	@BeforeAll
	void start() {
		this.context = new AnnotationConfigApplicationContext();
		this.context.registerBean(TrafficEngine.class, this.mesh::engine);
		TestPropertyValues.of("spring.http.serviceclient.contract.base-url=http://localhost").applyTo(this.context);
		this.context.register(configuration());
		this.context.refresh();
		this.client = client(this.context);
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@AfterEach
	void closeAll() throws Exception {
		for (AutoCloseable each : this.open) {
			each.close();
		}
		this.open.clear();
	}

	protected AnnotationConfigApplicationContext context() {
		return this.context;
	}

	protected TestMesh mesh() {
		return this.mesh;
	}

	protected Backend backend(Backend backend) {
		return keep(backend);
	}

	/**
	 * Closes something at the end of the test.
	 */
	protected <T extends AutoCloseable> T keep(T each) {
		this.open.add(each);
		return each;
	}

	/**
	 * A port that refuses connections and stays this test's own: bound, so that nobody
	 * else gets it, but without a listener.
	 * @return the port
	 * @throws IOException when there is none left
	 */
	protected int closedPort() throws IOException {
		Socket socket = new Socket();
		this.open.add(socket);
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		return socket.getLocalPort();
	}

	protected ContractClient client() {
		return this.client;
	}

	protected static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static ContractClient unset() {
		return new ContractClient() {

			@Override
			public Answer call(Ask ask) {
				throw new IllegalStateException("The context is not started");
			}

			@Override
			public InputStream open(String url) {
				throw new IllegalStateException("The context is not started");
			}

		};
	}

}
