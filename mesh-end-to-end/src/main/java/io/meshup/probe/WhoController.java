package io.meshup.probe;

import java.util.concurrent.atomic.AtomicLong;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers which version this instance is, and how often it was asked.
 */
@RestController
class WhoController {

	private final AtomicLong asked = new AtomicLong();

	private final String version;

	WhoController(@Value("${mesh.instance.version:v1}") String version) {
		this.version = version;
	}

	@GetMapping("/who")
	String who() {
		this.asked.incrementAndGet();
		return this.version;
	}

	@PostMapping("/echo")
	byte[] echo(@RequestBody byte[] body) {
		return body;
	}

	@GetMapping("/asked")
	long asked() {
		return this.asked.get();
	}

}
