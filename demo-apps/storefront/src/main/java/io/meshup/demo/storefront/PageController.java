package io.meshup.demo.storefront;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * The page. Its base is where the browser sees the shop: {@code /}, or
 * {@code /storefront/} behind the gateway.
 */
@RestController
final class PageController {

	private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

	private final String page;

	PageController(@Value("classpath:page.html") Resource page) throws IOException {
		this.page = page.getContentAsString(StandardCharsets.UTF_8);
	}

	@GetMapping("/")
	ResponseEntity<String> page(HttpServletRequest request) {
		String base = HtmlUtils.htmlEscape(request.getContextPath() + "/");
		return ResponseEntity.ok()
			.contentType(HTML)
			.header("Content-Security-Policy", "default-src 'self'; base-uri 'self'; frame-ancestors 'none'")
			.body(this.page.replace("{{base}}", base));
	}

}
