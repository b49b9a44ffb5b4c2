package io.meshup.spring.contract.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.meshup.spring.contract.ContractSetting;
import io.meshup.spring.contract.client.RestClientContractTests;
import io.meshup.spring.contract.fixture.Answer;
import io.meshup.spring.contract.fixture.Ask;
import io.meshup.spring.contract.fixture.Backend;
import io.meshup.spring.contract.fixture.Callers;
import io.meshup.spring.contract.fixture.ContractClient;
import io.meshup.spring.contract.fixture.RestClientCalls;
import io.meshup.spring.contract.fixture.TestMesh;
import io.meshup.spring.fault.FaultProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Instances that fail or vanish, seen by a caller over real connections.
 */
class InstanceFaultTests extends ContractSetting {

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

	// T8
	@Test
	void leavesAnInstanceOutThatAnswersOnlyErrors() throws Exception {
		Backend failing = backend(Backend.answering(500, "broken"));
		Backend also = backend(Backend.answering(500, "broken"));
		Backend good = backend(Backend.answering(200, "good"));
		String service = mesh().service(failing.port(), good.port());
		String worse = mesh().service(failing.port(), also.port(), good.port());

		int errors = 0;
		for (int i = 0; i < 60; i++) {
			errors += (get(service).status() == 500) ? 1 : 0;
		}
		assertThat(errors).as("errors until it is left out").isEqualTo(5);
		assertThat(mesh().engine().services().view(service).ejected()).containsExactly("i1");

		for (int i = 0; i < 60; i++) {
			get(worse);
		}
		assertThat(mesh().engine().services().view(worse).ejected()).as("at most half of three").hasSize(1);
	}

	// T11
	@Test
	void losesNoGetWhenHalfOfTheInstancesGoAtOnce() throws Exception {
		List<Backend> backends = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			backends.add(backend(Backend.answering(200, "hello")));
		}
		String service = mesh().service(backends.stream().mapToInt(Backend::port).toArray());
		try (Callers callers = Callers.start(8, () -> get(service))) {
			Awaitility.await().until(() -> callers.calls() > 200);
			for (Backend victim : backends.subList(0, 5)) {
				victim.close();
			}
			Awaitility.await("all five are noticed")
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(mesh().engine().services().view(service).ejected())
					.containsExactlyInAnyOrder("i1", "i2", "i3", "i4", "i5"));
			long noticed = callers.calls();
			Awaitility.await().until(() -> callers.calls() > noticed + 300);
			assertThat(mesh().engine().services().view(service).ejected()).doesNotContain("i6", "i7", "i8", "i9",
					"i10");
			assertThat(callers.finish().failures()).isEmpty();
		}
	}

	// T12
	@Test
	void failsAtOnceWhileAllAreGoneAndGoesOnWhenOneIsBack() throws Exception {
		Backend backend = backend(Backend.answering(200, "hello"));
		FaultProxy door = keep(FaultProxy.to(backend.port()));
		String service = mesh().service(door.port(), closedPort());
		assertThat(get(service).status()).isEqualTo(200);
		door.close();
		long start = System.nanoTime();
		for (int i = 0; i < 50; i++) {
			assertThatThrownBy(() -> get(service)).isInstanceOf(ioError());
		}
		System.out.printf("T12: a call fails after %d us while all are gone%n", (System.nanoTime() - start) / 50_000);

		FaultProxy back = keep(FaultProxy.at(door.port(), backend.port()));
		long returned = System.nanoTime();
		Awaitility.await()
			.ignoreExceptions()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> get(service).status() == 200);
		System.out.printf("T12: the first good answer %d ms after one is back%n",
				(System.nanoTime() - returned) / 1_000_000);
		assertThat(Duration.ofNanos(System.nanoTime() - returned)).isLessThan(Duration.ofSeconds(1));
		assertThat(back.accepted()).isPositive();
	}

	// T12: once the registry has taken them off the list
	@Test
	void answers503AtOnceWhileNoneIsListed() throws Exception {
		String service = mesh().service(TestMesh.rules("Route: 'rules': [{'name': 'all'}]"));
		get(service);
		List<Long> nanos = new ArrayList<>();

		for (int i = 0; i < 200; i++) {
			long start = System.nanoTime();
			Answer answer = get(service);
			nanos.add(System.nanoTime() - start);
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.headers()).containsEntry("x-mesh-reason", "no-instance");
		}

		nanos.sort(null);
		System.out.printf("T12: 503 within %d us at the 99th percentile%n", nanos.get(197) / 1_000);
		assertThat(Duration.ofNanos(nanos.get(197))).isLessThan(Duration.ofMillis(50));
	}

	private Answer get(String service) throws Exception {
		return client().call(Ask.get("http://" + service + "/"));
	}

}
