package io.meshup.registry.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.meshup.registry.store.MeshStore;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sends a backup: the store's file as of one moment.
 */
@RestController
final class BackupController {

	private static final MediaType SQLITE = MediaType.parseMediaType("application/vnd.sqlite3");

	private static final int PIECE = 65_536;

	private final MeshStore store;

	BackupController(MeshStore store) {
		this.store = store;
	}

	/**
	 * Makes a backup and sends it.
	 * @return the file
	 */
	@GetMapping("/api/v1/backup")
	Mono<ResponseEntity<Flux<DataBuffer>>> backup() {
		ContentDisposition name = ContentDisposition.attachment()
			.filename("mesh-" + this.store.registry() + "-" + this.store.revision() + ".db")
			.build();
		return this.store.backUp()
			.map((file) -> ResponseEntity.ok()
				.contentType(SQLITE)
				.header(HttpHeaders.CONTENT_DISPOSITION, name.toString())
				.body(sent(file)));
	}

	private static Flux<DataBuffer> sent(Path file) {
		return Flux.using(() -> file,
				(made) -> DataBufferUtils.read(made, DefaultDataBufferFactory.sharedInstance, PIECE),
				BackupController::delete);
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
