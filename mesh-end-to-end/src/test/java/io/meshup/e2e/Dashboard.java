package io.meshup.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;

/**
 * The registry's dashboard in a headless browser. Takes pictures into
 * {@code target/pictures} and collects everything that the console complains of.
 */
final class Dashboard implements AutoCloseable {

	private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
			"--disable-default-apps", "--disable-domain-reliability", "--no-pings");

	private final List<String> complaints = new CopyOnWriteArrayList<>();

	private final Playwright playwright;

	private final Browser browser;

	private final String address;

	Dashboard(Path chromium, String address) {
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		this.browser = this.playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(chromium).setHeadless(true).setArgs(ARGUMENTS));
		this.address = address;
	}

	Page open(ColorScheme scheme, int width) {
		Page page = this.browser
			.newPage(new Browser.NewPageOptions().setViewportSize(width, 860).setColorScheme(scheme));
		page.onPageError(this.complaints::add);
		page.onConsoleMessage((message) -> {
			// A refused sign-in is an answer of 401 that the browser itself reports.
			if (List.of("error", "warning").contains(message.type()) && !message.text().contains("401")) {
				this.complaints.add(message.text());
			}
		});
		page.navigate(this.address);
		return page;
	}

	void signIn(Page page, String password) {
		page.getByLabel("Password").fill(password);
		page.getByText("Sign in", new Page.GetByTextOptions().setExact(true)).last().click();
	}

	void go(Page page, String place) {
		page.navigate(this.address + "#/" + place);
	}

	void picture(Page page, String name) {
		page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "pictures", name + ".png")));
	}

	List<String> complaints() {
		return this.complaints;
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

}
