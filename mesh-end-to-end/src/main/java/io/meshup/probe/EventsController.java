package io.meshup.probe;

import java.io.IOException;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Event streams that go on until somebody ends them.
 */
@RestController
class EventsController {

	@GetMapping("/events")
	SseEmitter events() throws IOException {
		SseEmitter emitter = new SseEmitter(0L);
		emitter.send("first");
		return emitter;
	}

}
