package io.meshup.demo.shopper;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VisitTests {

	@Test
	void drawsDoorsAndOrdersByTheirShares() {
		ShopperProperties properties = properties(20, 50);
		Random random = new Random(3);

		List<Visit> visits = Stream.generate(() -> Visit.draw(properties, random)).limit(10_000).toList();

		assertThat(visits.stream().filter(Visit::throughGateway).count()).isBetween(4_750L, 5_250L);
		assertThat(visits.stream().filter((visit) -> visit.method() == HttpMethod.POST).count()).isBetween(1_800L,
				2_200L);
		assertThat(visits).allSatisfy((visit) -> {
			assertThat(visit.path()).startsWith("/api/");
			assertThat(visit.body().isEmpty()).isEqualTo(visit.method() == HttpMethod.GET);
		});
	}

	@Test
	void refusesRatesThatNobodyCanSend() {
		assertThatIllegalArgumentException().isThrownBy(() -> properties(-1, 50)).withMessageContaining("shopper.rate");
		assertThatIllegalArgumentException().isThrownBy(() -> properties(1_001, 50));
		assertThatIllegalArgumentException().isThrownBy(() -> properties(20, 0))
			.withMessageContaining("shopper.max-in-flight");
	}

	private static ShopperProperties properties(int rate, int maxInFlight) {
		return new ShopperProperties(rate, "http://storefront", "http://localhost:8080/storefront", 0.5, 0.2,
				maxInFlight);
	}

}
