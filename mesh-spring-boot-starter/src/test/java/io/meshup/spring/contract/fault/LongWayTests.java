package io.meshup.spring.contract.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.meshup.spring.contract.ContractSetting;
import io.meshup.spring.contract.client.RestClientContractTests;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.Backend;
import io.meshup.spring.contract.fixture.Callers;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.RestClientCalls;
import io.meshup.spring.contract.fixture.TestMesh;
import io.meshup.spring.fault.Fault;
import io.meshup.spring.fault.FaultProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances that are far away over a bad line are slow, not broken.
 */
class LongWayTests extends ContractSetting {

	private static final Duration LENGTH = Boolean.getBoolean("mesh.full") ? Duration.ofMinutes(10)
			: Duration.ofSeconds(3);

	@Override
	protected Class<?> configuration() {
		return RestClientContractTests.JdkClient.class;
	}

	@Override
	protected ContractClient client(AnnotationConfigApplicationContext context) {
		return new RestClientCalls(context.getBean(RestClient.Builder.class).build());
	}

	@Override
	protected Class<? extends Exception> ioError() {
		return ResourceAccessException.class;
	}

	// T88: 200 ms there and back, give or take 50, and 1 % of the packets lost.
	@Test
	@Timeout(900)
	void blamesNobody() throws Exception {
		List<FaultProxy> ways = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			ways.add(far());
		}
		String service = mesh().service(TestMesh.rules("Route: 'rules': [{'timeouts': {'backendRequest': '3s'}}]"),
				ways.stream().mapToInt(FaultProxy::port).toArray());

		try (Callers callers = Callers.start(32, () -> client().call(Ask.get("http://" + service + "/")))) {
			long end = System.nanoTime() + LENGTH.toNanos();
			while (System.nanoTime() - end < 0) {
				Awaitility.await().pollDelay(Duration.ofMillis(20)).until(() -> true);
				assertThat(mesh().engine().services().view(service).ejected()).isEmpty();
			}

			assertThat(callers.finish().failures()).isEmpty();
			System.out.printf("T88: %d calls over a long way, nobody blamed%n", callers.calls());
			assertThat(callers.calls()).isGreaterThan(32);
		}
	}

	private FaultProxy far() throws IOException {
		Backend backend = backend(Backend.answering(200, "far"));
		return keep(FaultProxy.to(backend.port()))
			.set(Fault.distance(Duration.ofMillis(100), Duration.ofMillis(25), 1, Duration.ofMillis(200)));
	}

}
