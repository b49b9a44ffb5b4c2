package io.meshup.demo.payments;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

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

	@PatchMapping("/trouble")
	Trouble trouble(@RequestBody TroubleChange change) {
		try {
			this.network.trouble(change.applyTo(this.network.trouble()));
		}
		catch (IllegalArgumentException ex) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, ex.getMessage(), ex);
		}
		return this.network.trouble();
	}

}
