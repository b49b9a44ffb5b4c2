package io.meshup.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.meshup.e2e.load.OpenLoad;
import io.meshup.e2e.machine.Http;
import io.meshup.e2e.machine.Requirement;
import io.meshup.e2e.mesh.RunningRegistry;
import io.meshup.e2e.mesh.SharedMesh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * A person signs in, sees the traffic on the map and moves a split.
 */
@ExtendWith(SharedMesh.Resolver.class)
@Order(SharedMesh.LAST - 1)
class DashboardIntegrationTests {

	/** Only who calls a service watches it, and the gateway: two at least. */
	private static final Pattern ALL_CALLERS = Pattern.compile("([2-9]) of \\1 callers");

	private static final LocatorAssertions.IsVisibleOptions SOON = new LocatorAssertions.IsVisibleOptions()
		.setTimeout(30_000);

	private static SharedMesh shared;

	private static OpenLoad load;

	private static Dashboard dashboard;

	@BeforeAll
	static void start(SharedMesh mesh) {
		Path chromium = Requirement.chromium();
		shared = mesh;
		mesh.registry().putRule("Route", "stock", """
				{"apiVersion":"meshup.io/v1","kind":"Route","metadata":{"name":"stock"},
				 "spec":{"service":"stock","rules":[{"backendRefs":[{"version":"v1","weight":80},
				  {"version":"v2","weight":20}],"timeouts":{"request":"2s"}}]}}""");
		load = OpenLoad.start(mesh.shop().uri("/relay?uri=" + Http.encode("http://stock/who")), 40);
		dashboard = new Dashboard(chromium, mesh.registry().uri("/").toString());
	}

	@AfterAll
	static void stop() {
		if (dashboard != null) {
			dashboard.close();
		}
		if (load != null) {
			load.close();
			shared.removeRoute();
		}
	}

	@Test
	void refusesAWrongPasswordInWords() {
		Page page = dashboard.open(ColorScheme.LIGHT, 1440);

		dashboard.signIn(page, "not the password");

		PlaywrightAssertions.assertThat(page.getByTestId("sign-in-error")).isVisible(SOON);
		dashboard.picture(page, "sign-in-refused-light");
		assertThat(dashboard.complaints()).isEmpty();
	}

	@Test
	void showsTheTrafficOnTheMap() {
		for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
			for (int width : List.of(1440, 420)) {
				Page page = signedIn(scheme, width);

				PlaywrightAssertions
					.assertThat(page.getByTestId("node").filter(new Locator.FilterOptions().setHasText("shop")).first())
					.isVisible(SOON);
				PlaywrightAssertions.assertThat(page.getByTestId("edge").first()).isVisible(SOON);
				PlaywrightAssertions.assertThat(page.getByTestId("edge").getByText("/s").first()).isVisible(SOON);
				dashboard.picture(page, "topology-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width);
				page.close();
			}
		}
		assertThat(dashboard.complaints()).isEmpty();
	}

	@Test
	void movesASplitAndTheTrafficFollows() {
		Page page = signedIn(ColorScheme.LIGHT, 1440);
		dashboard.go(page, "routes/stock");

		page.getByTestId("split").fill("50");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check").setExact(true)).click();
		PlaywrightAssertions.assertThat(page.getByText("Nothing was changed")).isVisible(SOON);
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Apply").setExact(true)).click();
		PlaywrightAssertions.assertThat(page.getByText("Applied as revision")).isVisible(SOON);
		PlaywrightAssertions.assertThat(page.getByTestId("rollout"))
			.containsText(ALL_CALLERS, new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
		dashboard.picture(page, "route-applied-light");

		Map<String, Long> answers = shared.mesh().burst(shared.shop(), "http://stock/who", 4_000);
		assertThat(answers.keySet()).containsExactly("v1", "v2");
		assertThat(answers.get("v2") / 40.0).isCloseTo(50.0, within(3.6));
		assertThat(shared.registry().get("/api/v1/rules/Route/stock").at("/spec/rules/0/timeouts/request").asString())
			.isEqualTo("2s");
		assertThat(dashboard.complaints()).isEmpty();
	}

	@Test
	void listsServicesAndInstances() {
		Page page = signedIn(ColorScheme.DARK, 1440);
		dashboard.go(page, "services");

		for (String service : List.of("office", "shop", "stock")) {
			PlaywrightAssertions
				.assertThat(page.getByTestId("service").filter(new Locator.FilterOptions().setHasText(service)).first())
				.isVisible(SOON);
		}
		dashboard.picture(page, "services-dark");
		dashboard.go(page, "services/stock");
		PlaywrightAssertions.assertThat(page.getByTestId("instance"))
			.hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(30_000));
		dashboard.picture(page, "service-dark");
		assertThat(dashboard.complaints()).isEmpty();
	}

	private static Page signedIn(ColorScheme scheme, int width) {
		Page page = dashboard.open(scheme, width);
		dashboard.signIn(page, RunningRegistry.PASSWORD);
		PlaywrightAssertions.assertThat(page.getByTestId("graph")).isVisible(SOON);
		return page;
	}

}
