package io.meshup.demo.payments;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The knob of the demo: makes payments worse or better while they run.
 */
@RestController
final class TroubleController {

	private final CardNetwork network;

	TroubleController(CardNetwork network) {
		this.network = network;
	}

	@GetMapping("/trouble")
	Trouble trouble() {
		return this.network.trouble();
	}

	@PutMapping("/trouble")
	Trouble trouble(@RequestBody Trouble trouble) {
		this.network.trouble(trouble);
		return trouble;
	}

}
